import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const styles = ['ui/tokens.css', 'app/skeleton.css'];
const styleSheet = /\s*<link rel="stylesheet"[^>]*>/g;

/**
 * What the first paint needs travels in the page: the frame's few rules, taken from the console's own files. The style sheet
 * stands behind the frame, where it holds up the scripts but not the paint; the typefaces are asked for at once.
 */
export function firstPaint(): Plugin {
  let base = '/';
  let root = '.';
  return {
    name: 'console:first-paint',
    configResolved(config) {
      ({ base, root } = config);
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        if (!html.includes('class="skeleton"')) return html; // a page of the test runner
        const css = styles.map((file) => readFileSync(join(root, file), 'utf8')).join('');
        const fonts = Object.keys(bundle).filter((file) => file.endsWith('.woff2'));
        const sheets = html.match(styleSheet) ?? [];
        return {
          html: html.replace(styleSheet, '').replace('</body>', `${sheets.join('')}\n  </body>`),
          tags: [{ tag: 'style', children: squeezed(css), injectTo: 'head' }, ...fonts.map((file) => preload(`${base}${file}`))],
        };
      },
    },
  };
}
const preload = (href: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href, crossorigin: '' },
  injectTo: 'head',
});
/** Comments and indentation stay at home. */
const squeezed = (css: string) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim();
