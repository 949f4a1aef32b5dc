import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const source = join(import.meta.dirname, '../docs/errors.md');
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
/** Code, emphasis and web links; a link to a neighbouring text is left as its words, because only this page is served. */
const inline = (text: string) =>
  escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*([^*]+)\*/g, '<em>$1</em>')
    .replaceAll(/\[([^\]]+)\]\((https:[^)]+)\)/g, '<a href="$2" rel="noreferrer">$1</a>')
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/** The few forms that docs/errors.md uses: headings and paragraphs. Every `## code` becomes an anchor. */
export function renderErrors(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/);
  const body = blocks.map((block) => {
    if (block.startsWith('## ')) return `<h2 id="${escapeHtml(block.slice(3))}"><code>${escapeHtml(block.slice(3))}</code></h2>`;
    if (block.startsWith('# ')) return `<h1>${inline(block.slice(2))}</h1>`;
    return `<p>${inline(block.replaceAll('\n', ' '))}</p>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What each error means · Brokkr Console</title>
<link rel="stylesheet" href="./errors.css">
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}
const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f5f7fa, #0e1116); color: light-dark(#12171e, #e9edf2); }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.5rem 6rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 2.5rem 0 0; padding-top: .75rem; border-top: 1px solid light-dark(#d8dee6, #2b333e); }
h2:target { border-top-color: light-dark(#1a5fcc, #82b4ff); color: light-dark(#1a5fcc, #82b4ff); }
p { margin: .5rem 0 0; }
a { color: light-dark(#1a5fcc, #82b4ff); }
code { font: .9em ui-monospace, monospace; }
`;

/** Serves docs/errors.md as the page that every problem's `type` leads to, in the build and in development. */
export function errorsPage(): Plugin {
  const files = () => ({ 'docs/errors.html': renderErrors(readFileSync(source, 'utf8')), 'docs/errors.css': style });
  return {
    name: 'console:errors-page',
    generateBundle() {
      for (const [fileName, text] of Object.entries(files())) this.emitFile({ type: 'asset', fileName, source: text });
    },
    configureServer(server) {
      server.middlewares.use('/docs/errors', (_request, response) =>
        response.setHeader('content-type', 'text/html').end(files()['docs/errors.html']),
      );
      server.middlewares.use('/docs/errors.css', (_request, response) => response.setHeader('content-type', 'text/css').end(style));
    },
  };
}
