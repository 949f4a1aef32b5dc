import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { extname, join, relative, sep } from 'node:path';
import { ProblemError } from '#contract/problem.ts';
import type { Request, RequestHandler, Response } from 'express';
import { contentSecurityPolicy } from './security-headers.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
interface StaticFile {
  bytes: Buffer;
  brotli: Buffer | undefined;
  type: string;
  etag: string;
  isImmutable: boolean;
}

/**
 * The built page from memory: a closed list of files read at start, so that no request ever names a path on the disk.
 * Whatever looks like a page is answered with the page; it never depends on the session.
 */
export function staticFiles(folder: string): RequestHandler {
  const files = readFiles(folder);
  const index = files.get('/index.html')?.bytes.toString('utf8');
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      throw new ProblemError('method_not_allowed', 'This method is not used here');
    }
    const file = files.get(request.path) ?? files.get(`${request.path}.html`);
    if (file && request.path !== '/index.html') return sendFile(file, request, response);
    if (/\.[a-z0-9]+$/i.test(request.path) && request.path !== '/index.html') throw new ProblemError('not_found', 'There is no such file');
    if (index === undefined) throw new ProblemError('not_found', 'The page has not been built: npm run build');
    sendPage(index, response);
  };
}

/** The only answer with a nonce in it, and so the only one that must never be kept. */
function sendPage(html: string, response: Response): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  response.type('html').send(html.replaceAll('__CSP_NONCE__', nonce));
}

function sendFile(file: StaticFile, request: Request, response: Response): void {
  response.setHeader('cache-control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'public, no-cache');
  response.setHeader('content-type', file.type);
  response.setHeader('etag', file.etag);
  if (file.brotli) response.setHeader('vary', 'accept-encoding');
  if (request.fresh) return void response.status(304).end();
  if (file.brotli && request.acceptsEncodings('br')) {
    response.setHeader('content-encoding', 'br');
    response.end(file.brotli);
  } else {
    response.end(file.bytes);
  }
}

function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types && !entry.parentPath.includes(`${sep}.`))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => {
      const bytes = readFileSync(name);
      const path = `/${relative(folder, name).replaceAll(sep, '/')}`;
      return [
        path,
        {
          bytes,
          brotli: existsSync(`${name}.br`) ? readFileSync(`${name}.br`) : undefined,
          type: types[extname(name)] ?? 'application/octet-stream',
          etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
          isImmutable: path.startsWith('/assets/'), // their names carry the hash of their content
        },
      ];
    }),
  );
}
