import type { Log } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import express, { Router } from 'express';

const reportTypes = ['application/csp-report', 'application/reports+json'];
const directives = /^(default|script|style|font|connect|img|form-action|base-uri|object|frame|require-trusted-types-for|trusted-types)/;

/**
 * Where browsers say what the page's policy stopped. The one POST without a session and without proof of provenance
 * (browsers send it themselves): it counts, and keeps nothing of what it was sent.
 */
export function cspReports(log: Log): Router {
  const counts = new Map<string, number>();
  const count = (report: unknown): void => {
    const named = isRecord(report)
      ? (report['effective-directive'] ?? report['effectiveDirective'] ?? report['violated-directive'])
      : undefined;
    const directive = directives.exec(String(named))?.[0] ?? 'other';
    const seen = (counts.get(directive) ?? 0) + 1;
    counts.set(directive, seen);
    if (/^10*$/.test(String(seen))) log.warn('the content security policy stopped something', { directive, count: seen }); // 1, 10, 100, …
  };
  return Router().post('/csp-reports', express.json({ type: reportTypes, limit: 16_384, inflate: false }), (request, response) => {
    if (!request.is(reportTypes)) throw new ProblemError('unsupported_media_type', 'Only reports of browsers are taken');
    const body: unknown = request.body;
    const reports = Array.isArray(body)
      ? body.slice(0, 100).map((entry: unknown) => (isRecord(entry) ? entry['body'] : entry))
      : [isRecord(body) ? body['csp-report'] : body];
    reports.forEach(count);
    response.status(204).end();
  });
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
