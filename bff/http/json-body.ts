import { ProblemError } from '#contract/problem.ts';
import express, { type Request, type Response } from 'express';
import { isJson } from './csrf.ts';

/** Reads one JSON body; undefined when there is none. What it contains is judged by `parseRequest`. */
export type ReadBody = (request: Request, response: Response) => Promise<unknown>;

export function jsonBody(limitBytes: number): ReadBody {
  const parse = express.json({ limit: limitBytes, inflate: false, type: () => true });
  return async (request, response) => {
    const { 'transfer-encoding': encoding, 'content-length': length = '0', 'content-type': type } = request.headers;
    if (encoding === undefined && Number(length) === 0) return undefined;
    if (!isJson(type)) throw new ProblemError('unsupported_media_type', 'Requests are sent as application/json');
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
    return request.body as unknown;
  };
}

/** What the body parser and the router throw, as problems; everything else unchanged. */
export function carrierProblem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error;
  const { type, status } = error as Error & { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.too.large':
      return new ProblemError('body_too_large', 'This request is too large');
    case 'entity.parse.failed':
      return new ProblemError('malformed_json', 'This request is not JSON');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ProblemError('unsupported_media_type', 'Requests are sent as application/json in UTF-8, not compressed');
    default:
      return typeof status === 'number' && status >= 400 && status < 500
        ? new ProblemError('invalid_request', 'This request could not be read', {}, { cause: error })
        : error;
  }
}
