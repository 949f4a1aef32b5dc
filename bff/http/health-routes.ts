import type { Sessions } from '#bff/people/sessions.ts';
import { worstStatus, type Health } from '#contract/status.ts';
import { Router, type Request, type Response } from 'express';
import { onlyThese } from './mount.ts';
import { tokenFrom } from './session-cookie.ts';

export interface Probes {
  health: () => Promise<Health>;
  isDraining: () => boolean;
  sessions: Sessions;
}

/**
 * `/liveness` asks nobody. `/health` tells of every component. `/readiness` says whether this process can serve people:
 * without the broker it can, and shows them what was last known, so a broker's outage must not take the console away too.
 */
export function healthRoutes({ health, isDraining, sessions }: Probes): Router {
  const router = Router();
  const tell = async (request: Request, response: Response, { status, components }: Health): Promise<void> => {
    const isKnown = await isSignedIn(request, sessions);
    const shown = isKnown ? components : components.map((it) => ({ component: it.component, status: it.status }));
    response.status(status === 'failed' ? 503 : 200).json({ status, components: shown });
  };
  router
    .route('/liveness')
    .get((_request, response) => void response.json({ status: 'ok' }))
    .all(onlyThese(['GET']));
  router
    .route('/health')
    .get(async (request, response, next) => {
      response.vary('accept');
      // The page has a screen at this address: who asks for a page gets it, who asks for anything else the states.
      if (request.accepts(['json', 'html']) === 'html') return next('route');
      await tell(request, response, await health());
    })
    .all(onlyThese(['GET']));
  router
    .route('/readiness')
    .get(async (request, response) => {
      const { components } = await health();
      const own = worstStatus(components.filter(({ component }) => component !== 'broker'));
      const status = isDraining() || own === 'failed' ? 'failed' : worstStatus(components) === 'ok' ? 'ok' : 'degraded';
      await tell(request, response, { status, components });
    })
    .all(onlyThese(['GET']));
  return router;
}

/** A probe must be answered while the store is down: whoever cannot be known then is nobody. */
async function isSignedIn(request: Request, sessions: Sessions): Promise<boolean> {
  const token = tokenFrom(request.headers.cookie);
  if (token === null) return false;
  return sessions.find(token, { extend: false }).then(Boolean, () => false);
}
