import { buildPage } from './build-page.ts';

/** Journeys walk through the built pages, whichever way Playwright was started; built here, so that no two workers build at once. */
export default function setUp(): void {
  buildPage('production');
  buildPage('demo');
}
