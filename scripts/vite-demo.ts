import type { Plugin } from 'vite';

/** The demo is a static page: its style nonce is a constant, and its policy a tag. */
export const demoNonce = 'demo';
// Trusted types are left out: MSW registers its worker by a plain string. `frame-ancestors` means nothing in a tag.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${demoNonce}'`,
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

/** Gives the built demo its content security policy, and addresses that hold below any path of a host. */
export function demoPolicy(): Plugin {
  return {
    name: 'console:demo-policy',
    apply: 'build',
    transformIndexHtml: (html) => ({
      html: html.replace('src="/early.js"', 'src="./early.js"'),
      tags: [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }],
    }),
  };
}
