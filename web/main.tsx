import './app/first.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startRouter } from './app/router.tsx';
import { newQueryClient } from './api/query-client.ts';

async function begin(): Promise<void> {
  // The demo is its own console: nothing is asked before its calls are answered in this page.
  if (import.meta.env.MODE === 'demo') await (await import('./demo/start.ts')).startDemo();
  const root = document.querySelector('#root');
  if (root === null) return;
  const client = newQueryClient();
  createRoot(root).render(<App client={client} router={startRouter(client)} />);
}
void begin(); // not awaited here: the demo's chunk imports this one and would wait for it for ever
