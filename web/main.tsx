import './app/first.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startRouter } from './app/router.tsx';
import { newQueryClient } from './api/query-client.ts';

// The demo is its own console: nothing is asked before its calls are answered in this page.
if (import.meta.env.MODE === 'demo') await (await import('./demo/start.ts')).startDemo();

const root = document.querySelector('#root');
if (root !== null) {
  const client = newQueryClient();
  createRoot(root).render(<App client={client} router={startRouter(client)} />);
}
