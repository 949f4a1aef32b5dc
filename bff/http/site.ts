/** Under which names this console is reached: everything that compares a Host or an Origin asks here. */
export interface Site {
  /** The one to print and to link to. */
  origin: string;
  origins: ReadonlySet<string>;
  hosts: ReadonlySet<string>;
  isTls: boolean;
}

/** On loopback a person may type any of three names for the same port; everywhere else there is exactly one. */
export function siteOf(publicOrigin: string): Site {
  const url = new URL(publicOrigin);
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const port = url.port === '' ? '' : `:${url.port}`;
  const hosts = new Set(names.includes(url.hostname) ? names.map((name) => `${name}${port}`) : [url.host]);
  return {
    origin: url.origin,
    origins: new Set([...hosts].map((host) => `${url.protocol}//${host}`)),
    hosts,
    isTls: url.protocol === 'https:',
  };
}
