// Before the first paint: the chosen theme, and whether this page has the shell's frame. A file of its own because the page forbids inline scripts.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('console-theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage may be closed to this page: the system's theme it is.
  }
  if (/\/(sign-in|setup)$/.test(location.pathname)) root.dataset.screen = 'gate';
})();
