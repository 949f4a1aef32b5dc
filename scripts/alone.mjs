// On any Node from 18 on and without dependencies, as `bootstrap.mjs` runs it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const nameOf = (folder) => `in use: ${realpathSync(folder)}\n`;
/** Below the ports that systems give to outgoing connections. */
export const portOf = (folder) => 20_000 + (createHash('sha256').update(nameOf(folder)).digest().readUInt16BE() % 10_000);

/**
 * Runs `work` while no other process does for the same folder; calls `waiting` when it has to wait for one. Whoever listens on
 * the folder's own port of loopback holds it: the system takes that away from a process that ends, however it ends.
 */
export async function alone(folder, work, waiting) {
  const name = nameOf(folder);
  for (let port = portOf(folder); ;) {
    const held = await hold(port, name);
    if (held) return await work().finally(held.release);
    if (!(await sawOneEnd(port, name, waiting))) port += 1; // somebody else's server
  }
}

/** Undefined: somebody listens there. */
async function hold(port, name) {
  const others = new Set();
  const server = createServer((socket) => {
    others.add(socket);
    socket.on('error', () => undefined).on('close', () => others.delete(socket));
    socket.write(name);
  });
  try {
    await once(server.listen({ port, host: '127.0.0.1', exclusive: true }), 'listening');
  } catch (error) {
    if (error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
  return {
    release: () => {
      server.close();
      for (const socket of others) socket.destroy();
    },
  };
}

/** Waits for whoever listens there to let go. False: they are none of ours, as they do not say the name. */
function sawOneEnd(port, name, waiting) {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    const silent = setTimeout(() => socket.destroy(), 10_000);
    socket.on('data', (text) => {
      said += text;
      if (!name.startsWith(said)) socket.destroy();
      if (said !== name) return;
      clearTimeout(silent);
      waiting();
    });
    socket.on('error', () => undefined); // its close says enough
    socket.on('close', () => {
      clearTimeout(silent);
      resolve(said === name);
    });
  });
}
