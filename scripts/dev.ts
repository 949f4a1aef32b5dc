import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#bff/run.ts';
import type { RequestHandler } from 'express';
import { createServer } from 'vite';
import { root } from './build-page.ts';

// From the repository's root, not from `web`: the modules of web/api must not lie under the console's own /api.
const vite = await createServer({ root, publicDir: 'public', server: { middlewareMode: true }, appType: 'custom' });

/** The page's policy with what Vite needs while developing: its inline scripts and its socket. */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Whatever is not a module of Vite's is the page. */
const page: RequestHandler = async (request, response) => {
  await new Promise<void>((resolve, reject) => {
    vite.middlewares(request, response, (error?: Error) => (error ? reject(error) : resolve())); // never called for what Vite answers
  });
  const nonce = randomBytes(16).toString('base64');
  const html = readFileSync(join(root, 'web/index.html'), 'utf8').replaceAll('"./', '"/web/');
  const transformed = await vite.transformIndexHtml(request.originalUrl, html);
  response.setHeader('content-security-policy', policy(nonce));
  response.type('html').send(transformed.replaceAll('__CSP_NONCE__', nonce));
};

await run(page);
