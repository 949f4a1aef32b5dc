import { buildPage } from './build-page.ts';

/** Journeys walk through the built page, whichever way Playwright was started. */
export default function setUp(): void {
  buildPage('production');
}
