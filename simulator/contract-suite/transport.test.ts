import { describe, expect, test } from 'vitest';
import { adminPak, aGenerator, anAgent, ask, admin, headerOf, refusal, unknownId } from './broker.ts';

const vary = 'origin, access-control-request-method, access-control-request-headers';
const authorization = `Bearer ${adminPak}`;

describe('paths', () => {
  test.each(['/api', '/api/v1/nope', '/api/v1/stacks/', '/api/v2/x', '/internal', '/internal/nope', '/api/v1//agents', '/api/v1/agents//'])(
    '%s is unknown: 404 text, no credential asked, no CORS',
    async (path) => {
      const answer = await ask('GET', path);
      expect(answer).toMatchObject({ status: 404, text: 'not found' });
      expect(headerOf(answer, 'content-type')).toEqual(['text/plain; charset=utf-8']);
      expect(headerOf(answer, 'access-control-allow-origin')).toEqual([]);
      expect(headerOf(answer, 'vary')).toEqual([]);
    },
  );
  test.each([
    ['GET', '/'],
    ['GET', '/health'],
    ['DELETE', '/apix'],
    ['POST', '/internalx/y'],
    ['OPTIONS', '/foo'],
  ])('%s %s is a page: 200 HTML', async (method, path) => {
    const answer = await ask(method, path);
    expect(answer.status).toBe(200);
    expect(headerOf(answer, 'content-type')).toEqual(['text/html']);
    expect(answer.text).toMatch(/^<!doctype html>/i);
  });
  test('the list of agents and the search for one differ by a slash', async () => {
    expect((await admin('GET', '/agents')).body).toBeInstanceOf(Array);
    expect(await admin('GET', '/agents/')).toMatchObject(refusal(400, 'name_and_cluster_required'));
  });
});

describe('the layers', () => {
  test.each([
    ['GET', '/api/v1/agents'],
    ['PATCH', '/api/v1/agents'],
    ['GET', '/api/v1/agents/abc'],
  ])('%s %s without a key is 401, empty', async (method, path) => {
    const answer = await ask(method, path);
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(headerOf(answer, 'content-type')).toEqual([]);
    expect(headerOf(answer, 'vary')).toEqual([vary, vary]);
    expect(headerOf(answer, 'access-control-allow-origin')).toEqual(['*']);
  });
  test.each([
    ['PATCH', '/api/v1/agents', 'GET,HEAD,POST'],
    ['PATCH', '/api/v1/agents/', 'GET,HEAD'],
    ['PATCH', `/api/v1/agents/${unknownId}`, 'GET,HEAD,PUT,DELETE'],
    ['GET', '/api/v1/agents/abc/labels/x', 'DELETE'],
    ['GET', '/api/v1/auth/pak', 'POST'],
    ['PUT', `/api/v1/generators/${unknownId}/register`, 'POST,DELETE'],
    ['PUT', `/api/v1/agents/${unknownId}/health-status`, 'PATCH'],
    ['POST', `/api/v1/generators/${unknownId}`, 'GET,HEAD,PUT,DELETE'],
    ['POST', `/api/v1/stacks/${unknownId}`, 'GET,HEAD,PUT,DELETE'],
    ['POST', '/api/v1/fleet', 'GET,HEAD'],
  ])('%s %s is 405 with the allowed methods', async (method, path, allow) => {
    const answer = await ask(method, path, { headers: { authorization } });
    expect(answer).toMatchObject({ status: 405, text: '' });
    expect(headerOf(answer, 'allow')).toEqual([allow]);
  });
  test('the allowed methods stand in the 401 too', async () => {
    expect(headerOf(await ask('PATCH', '/api/v1/agents'), 'allow')).toEqual(['GET,HEAD,POST']);
  });
  test.each([
    ['/api/v1/agents', 'GET,HEAD,POST'],
    ['/api/v1/agents/', 'GET,HEAD'],
    [`/api/v1/agents/${unknownId}/labels/x`, 'DELETE'],
    ['/api/v1/fleet/live', 'GET,HEAD'],
    ['/healthz', 'GET,HEAD'],
  ])('OPTIONS %s needs no key', async (path, allow) => {
    const answer = await ask('OPTIONS', path);
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(headerOf(answer, 'allow')).toEqual([allow]);
    expect(headerOf(answer, 'vary')).toEqual([vary]);
    for (const name of ['origin', 'methods', 'headers']) expect(headerOf(answer, `access-control-allow-${name}`)).toEqual(['*']);
  });
  test('HEAD is GET without the body', async () => {
    const [whole, head] = [await admin('GET', '/paks'), await admin('HEAD', '/paks')];
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(headerOf(head, 'content-length')).toEqual([String(Buffer.byteLength(whole.text))]);
  });
  test.each(['/healthz', '/readyz'])('%s is open', async (path) => {
    const answer = await ask('GET', path);
    expect(answer).toMatchObject({ status: 200, text: path === '/healthz' ? 'OK' : 'Ready' });
    expect(headerOf(answer, 'vary')).toEqual([vary]);
    expect(await ask('POST', path)).toMatchObject({ status: 405, text: '' });
  });
});

describe('the key', () => {
  const long = adminPak.split('_')[2] ?? '';
  const who = (value: string) => ask('POST', '/api/v1/auth/pak', { headers: { authorization: value } });
  test.each([
    adminPak,
    `Bearer ${adminPak}`,
    `bearer ${adminPak}`,
    `  Bearer   ${adminPak}  `,
    `Basic ${adminPak}`,
    `Token ${adminPak}`,
    `x_y_${long}`,
    `__${long}`,
  ])('form %#: only the third part counts', async (value) => {
    expect(await who(value)).toMatchObject({ status: 200, body: { admin: true, agent: null, generator: null, readonly: false } });
  });
  test.each([`a_b_c_${long}`, long, `_${long}`, 'Bearer', 'Bearer a_b_c', `Bearer ${adminPak}x`, ''])(
    'form %# is refused',
    async (value) => {
      expect(await who(value)).toMatchObject({ status: 401, text: '' });
    },
  );
  test('each kind is told', async () => {
    const [generator, agent] = [await aGenerator(), await anAgent()];
    expect((await generator.call('POST', '/auth/pak')).body).toEqual({
      admin: false,
      agent: null,
      generator: generator.id,
      readonly: false,
    });
    expect((await agent.call('POST', '/auth/pak', 'junk')).body).toEqual({
      admin: false,
      agent: agent.id,
      generator: null,
      readonly: false,
    });
  });
});

describe('path parameters and queries', () => {
  const uuid = 'UUID parsing failed:';
  const character = (found: string, at: number) =>
    `${uuid} invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${found}\` at ${String(at)}`;
  test.each([
    ['abc', `${uuid} invalid length: expected length 32 for simple format, found 3`],
    ['1234567890123456789012345678901', `${uuid} invalid length: expected length 32 for simple format, found 31`],
    ['123e4567-e89b-12d3-a456', `${uuid} invalid group count: expected 5, found 4`],
    ['123e4567-e89b-12d3-a456-4266141740001', `${uuid} invalid group length in group 4: expected 12, found 13`],
    ['123e456-7e89b-12d3-a456-426614174000', `${uuid} invalid group length in group 0: expected 8, found 7`],
    ['g23e4567-e89b-12d3-a456-426614174000', character('g', 1)],
    ['%C3%A9', character('é', 1)],
    ['ledger', character('l', 1)],
    ['/labels', `${uuid} invalid length: expected length 32 for simple format, found 0`],
    ['%ff', 'Invalid UTF-8 in `id`'],
  ])('/agents/%s', async (id, message) => {
    const answer = await admin('GET', `/agents/${id}`);
    expect(answer).toMatchObject({ status: 400, text: `Invalid URL: ${message}` });
    expect(headerOf(answer, 'content-type')).toEqual(['text/plain; charset=utf-8']);
  });
  test('ids come in other spellings', async () => {
    const { id } = await anAgent();
    for (const spelling of [id.toUpperCase(), id.replaceAll('-', ''), `%7B${id}%7D`, `urn:uuid:${id}`]) {
      expect(await admin('GET', `/agents/${spelling}`)).toMatchObject({ status: 200, body: { id } });
    }
  });
  test('free segments are decoded, a slash among them', async () => {
    const { id } = await anAgent();
    for (const label of ['a/b', 'ü ?#%', '100%']) {
      expect(await admin('POST', `/agents/${id}/labels`, { agent_id: id, label })).toMatchObject({ status: 201 });
      expect(await admin('DELETE', `/agents/${id}/labels/${encodeURIComponent(label)}`)).toMatchObject({ status: 204 });
    }
    expect(await admin('DELETE', `/agents/${id}/labels/%ff`)).toMatchObject({ status: 400, text: 'Invalid URL: Invalid UTF-8 in `label`' });
  });
  test.each([
    ['/fleet?pak_id=zzz', character('z', 1)],
    ['/fleet?pak_id=', `${uuid} invalid length: expected length 32 for simple format, found 0`],
    ['/fleet?pak_id', `${uuid} invalid length: expected length 32 for simple format, found 0`],
    [`/agent-events?pak_id=${unknownId}&pak_id=${unknownId}`, 'duplicate field `pak_id`'],
    ['/agents/?name=a&name=b&cluster_name=c', 'duplicate field `name`'],
    ['/admin/audit-logs?limit=x', 'invalid digit found in string'],
    ['/admin/audit-logs?limit=', 'cannot parse integer from empty string'],
    ['/admin/audit-logs?offset=1.5', 'invalid digit found in string'],
    ['/admin/audit-logs?from=x', 'input contains invalid characters'],
    ['/admin/audit-logs?from=2026-01-01', 'premature end of input'],
    ['/admin/audit-logs?from=2026-13-01T00:00:00Z', 'input is out of range'],
    ['/admin/audit-logs?from=', 'premature end of input'],
    ['/admin/audit-logs?from=26-11-24', 'premature end of input'],
    ['/admin/audit-logs?from=2026-11-24T13:00Z', 'input contains invalid characters'],
    ['/admin/audit-logs?from=2026-11-24T13:00:00+01:00', 'input contains invalid characters'],
    ['/admin/audit-logs?from=2026-11-24T13:00:00.Z', 'input contains invalid characters'],
    ['/admin/audit-logs?from=2026-11-24T13:00:00Zz', 'trailing input'],
    ['/admin/audit-logs?from=2026-02-30T13:00:00Z', 'input is out of range'],
    ['/admin/audit-logs?limit=9999999999999999999', 'number too large to fit in target type'],
    ['/admin/audit-logs?actor_id=x', character('x', 1)],
    [`/agents/${unknownId}/target-state?mode=full&mode=x`, 'duplicate field `mode`'],
  ])('%s', async (path, message) => {
    expect(await admin('GET', path)).toMatchObject({ status: 400, text: `Failed to deserialize query string: ${message}` });
  });
  test.each([
    'from=2026-11-24t13:00:00z',
    'from=2026-11-24%2013:00:00Z',
    'from=+2026-1-2T3:4:5%2B0100',
    'to=2026-11-24T13:00:60Z',
    'limit=%2B5',
  ])('%s is taken', async (filter) => {
    expect(await admin('GET', `/admin/audit-logs?${filter}`)).toMatchObject({ status: 200 });
  });
  test('unknown parameters are ignored', async () => {
    expect(await admin('GET', '/paks?x=1&x=2')).toMatchObject({ status: 200 });
  });
});
