/** Words of the demo where it cannot be the console itself. */
export const demo = {
  elsewhere: {
    title: 'The demo runs in another tab',
    text: 'The broker and the console behind this page live in one tab at a time. Go back to that tab, or take the demo over: the other one then stops.',
    action: 'Take it over',
  },
  lost: {
    title: 'The demo went on in another tab',
    text: 'Another tab took it over. What you did here is kept; what was typed and not sent is in this page no longer.',
    action: 'Take it back',
  },
  notHere: {
    title: 'The demo cannot run at this address',
    text: 'It needs an address that begins with https://, or localhost: only there does a browser let a page answer its own requests. The files may stay as they are.',
  },
  noScenario: {
    title: (name: string) => `There is no scenario “${name}”`,
    text: (names: readonly string[]) => `The demo knows these: ${names.join(', ')}. Name one behind ?scenario= in the address, or none.`,
  },
} as const;
