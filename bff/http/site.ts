/** Under which names this console is reached: everything that compares a Host or an Origin asks here. */
export interface Site {
  readonly isTls: boolean;
  /** The one to print and to link to. */
  origin(): string;
  hasHost(host: string | undefined): boolean;
  hasOrigin(origin: string | undefined): boolean;
}
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * On loopback a person may type any of three names for the same port; everywhere else there is exactly one.
 * @param listening the address of the listener, asked once the first request is there: port 0 becomes a number only by listening
 */
export function siteOf(publicOrigin: string | null, listening: () => { host: string; port: number }): Site {
  let names: { origin: string; origins: Set<string>; hosts: Set<string> } | undefined;
  const known = () => {
    if (names) return names;
    const url = new URL(publicOrigin ?? originOf(listening()));
    const port = url.port === '' ? '' : `:${url.port}`;
    const hosts = loopbackNames.includes(url.hostname) ? loopbackNames.map((name) => `${name}${port}`) : [url.host];
    names = { origin: url.origin, hosts: new Set(hosts), origins: new Set(hosts.map((host) => `${url.protocol}//${host}`)) };
    return names;
  };
  return {
    isTls: publicOrigin?.startsWith('https:') === true,
    origin: () => known().origin,
    hasHost: (host) => host !== undefined && known().hosts.has(host.toLowerCase()),
    hasOrigin: (origin) => origin !== undefined && known().origins.has(origin),
  };
}
const originOf = ({ host, port }: { host: string; port: number }) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
