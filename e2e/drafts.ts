import type { Page, Response } from '@playwright/test';

/** The server has taken a draft that holds this: an earlier save, of less, is not it. */
export const keptWith = (page: Page, text: string): Promise<Response> =>
  page.waitForResponse(
    (response) =>
      response.ok() &&
      response.request().method() === 'PUT' &&
      response.url().endsWith('/api/drafts') &&
      (response.request().postData() ?? '').includes(text),
  );
