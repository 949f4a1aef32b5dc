import { describe, expect, test } from 'vitest';
import { admin, as, aGenerator, headerOf, refusal, unique, unknownId } from './broker.ts';

const json = { 'content-type': 'application/json' };
const post = (body: string | Uint8Array) => admin('POST', '/agents', body, json);
const syntax = 'Failed to parse the request body as JSON: ';
const shape = 'Failed to deserialize the JSON body into the target type: ';

describe('a body that is not JSON is 400', () => {
  test.each([
    ['', 'EOF while parsing a value at line 1 column 0'],
    [' ', 'EOF while parsing a value at line 1 column 1'],
    ['{', 'EOF while parsing an object at line 1 column 1'],
    ['{"a"', 'EOF while parsing an object at line 1 column 4'],
    ['{"a":', 'a: EOF while parsing a value at line 1 column 5'],
    ['{"a":1', 'EOF while parsing an object at line 1 column 6'],
    ['{"a":1,', 'EOF while parsing a value at line 1 column 7'],
    ['{"a":1,}', 'trailing comma at line 1 column 8'],
    ['{a:1}', 'key must be a string at line 1 column 2'],
    ['[', 'EOF while parsing a list at line 1 column 1'],
    ['{"a":1 "b"}', 'expected `,` or `}` at line 1 column 8'],
    ['{"a" 1}', 'expected `:` at line 1 column 6'],
    ['"abc', 'EOF while parsing a string at line 1 column 4'],
    ['"a\\x"', 'invalid escape at line 1 column 4'],
    ['"\\ud800"', 'unexpected end of hex escape at line 1 column 8'],
    ['nul', 'EOF while parsing a value at line 1 column 3'],
    ['nulx', 'expected ident at line 1 column 4'],
    ['01', 'invalid number at line 1 column 2'],
    ['1.', 'EOF while parsing a value at line 1 column 2'],
    ['-x', 'invalid number at line 1 column 2'],
    ['1e999', 'number out of range at line 1 column 5'],
    ['x', 'expected value at line 1 column 1'],
    ['{"extra":{"b":[1,', 'extra: EOF while parsing a value at line 1 column 17'],
    ['{"name":"x" , "extra":[1,{"q":}]}', 'extra: expected value at line 1 column 31'],
    ['{"name":"a\tb"}', 'name: control character (\\u0000-\\u001F) found while parsing a string at line 1 column 11'],
    ['\ufeff{}', 'expected value at line 1 column 1'],
  ])('%j', async (body, message) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, text: `${syntax}${message}` });
    expect(headerOf(answer, 'content-type')).toEqual(['text/plain; charset=utf-8']);
  });
  test('nesting deeper than 127, unless it is ignored', async () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    const put = (body: string) => admin('PUT', `/agents/${unknownId}`, body, json);
    expect(await put(nested(127))).toMatchObject(refusal(404, 'agent_not_found'));
    expect(await put(nested(128))).toMatchObject({
      status: 400,
      text: `${syntax}${'[0]'.repeat(127)}: recursion limit exceeded at line 1 column 128`,
    });
    expect(await put(`{"x":${nested(127)}}`)).toMatchObject({
      status: 400,
      text: `${syntax}x${'[0]'.repeat(126)}: recursion limit exceeded at line 1 column 132`,
    });
    expect(await post(`{"x":${nested(300)}}`)).toMatchObject({ status: 422 });
  });
  test.each([
    ['{"name":"a","cluster_name":"b","generator_ids":[x]}', 'generator_ids[0]: expected value at line 1 column 49'],
    ['{"name":"a","cluster_name":"b","generator_ids":["x"', `generator_ids[0]: UUID`],
    [`{"name":"a","cluster_name":"b","generator_ids":["${unknownId}" x]}`, 'generator_ids: expected `,` or `]` at line 1 column 88'],
    [`{"name":"a","cluster_name":"b","generator_ids":["${unknownId}",]}`, 'generator_ids: trailing comma at line 1 column 88'],
    [`{"name":"a","cluster_name":"b","generator_ids":["${unknownId}",`, 'generator_ids: EOF while parsing a value at line 1 column 87'],
  ])('%s', async (body, message) => {
    expect((await post(body)).text).toContain(message);
  });
  test.each([
    ['{"a":{"b":1 x}}', 'a.?: expected `,` or `}` at line 1 column 13'],
    ['{"a":[1,{x', 'a[1].?: key must be a string at line 1 column 10'],
    ['{"a":{"b":1,}}', 'a.?: trailing comma at line 1 column 13'],
    ['{"a":{"b"1}}', 'a: expected `:` at line 1 column 10'],
    ['{"a":{"\\udc00":1}}', 'a.?: lone leading surrogate in hex escape at line 1 column 13'],
  ])('%s: where no key is known yet the path ends with a question mark', async (body, message) => {
    expect(await admin('PUT', `/agents/${unknownId}`, body, json)).toMatchObject({ status: 400, text: `${syntax}${message}` });
  });
  test.each([
    '"\\udc00"',
    '"\\ud800"',
    '1e400',
    Buffer.from([34, 0xff, 34]),
    Buffer.from([...Buffer.from('{"'), 0xff, ...Buffer.from('":1}')]),
  ])('what is wrong with a value alone, as in %s, is nothing where it is ignored', async (value) => {
    const body = (name: string) => Buffer.concat([Buffer.from(`{"${name}":`), Buffer.from(value), Buffer.from('}')]);
    expect(await post(body('extra'))).toMatchObject({ status: 422 });
    expect(await post(body('name'))).toMatchObject({ status: String(value).startsWith('{') ? 422 : 400 });
  });
  test('an ignored string ends before its control character, a wanted one after it', async () => {
    const said = `control character (\\u0000-\\u001F) found while parsing a string at line`;
    expect((await post('{"extra":"a\nb"}')).text).toBe(`${syntax}extra: ${said} 1 column 11`);
    expect((await post('{"name":"a\nb"}')).text).toBe(`${syntax}name: ${said} 2 column 0`);
  });
  test('bytes that are not UTF-8', async () => {
    const answer = await post(Buffer.from([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')]));
    expect(answer).toMatchObject({ status: 400, text: `${syntax}name: invalid unicode code point at line 1 column 11` });
  });
});

describe('JSON of the wrong shape is 422, and the first fault in the text decides', () => {
  test.each([
    ['[1,', '[0]: invalid type: integer `1`, expected a string at line 1 column 2'],
    ['[]', 'invalid length 0, expected struct CreateAgentRequest with 3 elements at line 1 column 2'],
    ['["a"]', 'invalid length 1, expected struct CreateAgentRequest with 3 elements at line 1 column 5'],
    ['1', 'invalid type: integer `1`, expected struct CreateAgentRequest at line 1 column 1'],
    ['"s"', 'invalid type: string "s", expected struct CreateAgentRequest at line 1 column 3'],
    ['null', 'invalid type: null, expected struct CreateAgentRequest at line 1 column 4'],
    ['true', 'invalid type: boolean `true`, expected struct CreateAgentRequest at line 1 column 4'],
    ['1.5', 'invalid type: floating point `1.5`, expected struct CreateAgentRequest at line 1 column 3'],
    ['{}', 'missing field `name` at line 1 column 2'],
    ['{"name":1}', 'name: invalid type: integer `1`, expected a string at line 1 column 9'],
    ['{"name":-1}', 'name: invalid type: integer `-1`, expected a string at line 1 column 10'],
    ['{"name":true}', 'name: invalid type: boolean `true`, expected a string at line 1 column 12'],
    ['{"name":null}', 'name: invalid type: null, expected a string at line 1 column 12'],
    ['{"name":[]}', 'name: invalid type: sequence, expected a string at line 1 column 8'],
    ['{"name":{"a":1},"x":[', 'name: invalid type: map, expected a string at line 1 column 8'],
    ['{"name":"a"}', 'missing field `cluster_name` at line 1 column 12'],
    ['{"name":"a","name":"b"}', 'duplicate field `name` at line 1 column 18'],
    [
      '{"name":"a","cluster_name":"b","generator_ids":1}',
      'generator_ids: invalid type: integer `1`, expected a sequence at line 1 column 48',
    ],
    [
      '{"name":"a","cluster_name":"b","generator_ids":[1]}',
      'generator_ids[0]: invalid type: integer `1`, expected a UUID string at line 1 column 49',
    ],
    ['{"name":"a","cluster_name":"b","generator_ids":null}', 'generator_ids: invalid type: null, expected a sequence at line 1 column 51'],
    ['{"name":18446744073709551616}', 'name: invalid type: floating point `1.8446744073709552e+19`, expected a string at line 1 column 28'],
    ['{"name":1e2}', 'name: invalid type: floating point `100.0`, expected a string at line 1 column 11'],
    ['{"name":1e16}', 'name: invalid type: floating point `1e+16`, expected a string at line 1 column 12'],
    ['{"name":1e-6}', 'name: invalid type: floating point `1e-6`, expected a string at line 1 column 12'],
    ['{"name":-0}', 'name: invalid type: floating point `-0.0`, expected a string at line 1 column 10'],
    ['{"name":\n1}', 'name: invalid type: integer `1`, expected a string at line 2 column 1'],
    ['{"name":"é",\n  "cluster_name":3}', 'cluster_name: invalid type: integer `3`, expected a string at line 2 column 18'],
  ])('%j', async (body, message) => {
    expect(await post(body)).toMatchObject({ status: 422, text: `${shape}${message}` });
  });
  test.each([
    [
      'PUT',
      `/generators/${unknownId}`,
      '{"id":"x"}',
      'id: UUID parsing failed: invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `x` at 1 at line 1 column 9',
    ],
    [
      'PUT',
      `/generators/${unknownId}`,
      `{"id":"${unknownId}","created_at":"2026-01-01"}`,
      'created_at: premature end of input at line 1 column 70',
    ],
    [
      'PUT',
      `/generators/${unknownId}`,
      `{"id":"${unknownId}","created_at":7}`,
      'created_at: invalid type: integer `7`, expected an RFC 3339 formatted date and time string at line 1 column 59',
    ],
    ['PATCH', `/agents/${unknownId}/health-status`, '{}', 'missing field `deployment_objects` at line 1 column 2'],
    [
      'PATCH',
      `/agents/${unknownId}/health-status`,
      '{"deployment_objects":[{}]}',
      'deployment_objects[0]: missing field `id` at line 1 column 25',
    ],
    [
      'PATCH',
      `/agents/${unknownId}/health-status`,
      '{"deployment_objects":[7]}',
      'deployment_objects[0]: invalid type: integer `7`, expected struct DeploymentObjectHealthUpdate at line 1 column 24',
    ],
    ['POST', `/stacks/${unknownId}/labels`, '1', 'invalid type: integer `1`, expected a string at line 1 column 1'],
    [
      'POST',
      `/generators/${unknownId}/register`,
      '{"agent_id":1}',
      'agent_id: invalid type: integer `1`, expected a UUID string at line 1 column 13',
    ],
    ['POST', '/generators', '["a"]', 'invalid length 1, expected struct NewGenerator with 2 elements at line 1 column 5'],
    [
      'POST',
      `/generators/${unknownId}/register`,
      '[]',
      'invalid length 0, expected struct AgentRegistrationBody with 1 element at line 1 column 2',
    ],
    [
      'PATCH',
      `/agents/${unknownId}/health-status`,
      `{"deployment_objects":[{"id":"${unknownId}","status":"healthy","summary":[1,2,[]],"checked_at":"2026-01-01T00:00:00Z"}]}`,
      'deployment_objects[0].summary: invalid length 3, expected struct HealthSummary with 4 elements at line 1 column 105',
    ],
  ])('%s %s %s', async (method, path, body, message) => {
    expect(await admin(method, path, body, json)).toMatchObject({ status: 422, text: `${shape}${message}` });
  });
  test.each([
    ['POST', '/agents', 'CreateAgentRequest'],
    ['POST', `/agents/${unknownId}/labels`, 'NewAgentLabel'],
    ['POST', `/agents/${unknownId}/annotations`, 'NewAgentAnnotation'],
    ['POST', `/agents/${unknownId}/targets`, 'NewAgentTarget'],
    ['POST', `/agents/${unknownId}/events`, 'NewAgentEvent'],
    ['PATCH', `/agents/${unknownId}/health-status`, 'HealthStatusUpdate'],
    ['POST', '/generators', 'NewGenerator'],
    ['PUT', `/generators/${unknownId}`, 'Generator'],
    ['POST', `/generators/${unknownId}/register`, 'AgentRegistrationBody'],
    ['POST', '/stacks', 'NewStack'],
    ['PUT', `/stacks/${unknownId}`, 'Stack'],
    ['POST', `/stacks/${unknownId}/annotations`, 'NewStackAnnotation'],
  ])('%s %s names what it expects', async (method, path, name) => {
    expect(await admin(method, path, '7', json)).toMatchObject({
      status: 422,
      text: `${shape}invalid type: integer \`7\`, expected struct ${name} at line 1 column 1`,
    });
  });
});

describe('media types and sizes', () => {
  test.each([undefined, 'text/plain', 'application/xml', 'application/jsonx', 'json'])('%s is 415', async (type) => {
    const answer = await admin('POST', '/agents', '{}', type === undefined ? {} : { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, text: 'Expected request with `Content-Type: application/json`' });
  });
  test.each(['application/json; charset=utf-8', 'application/merge-patch+json', 'APPLICATION/JSON'])('%s is read', async (type) => {
    expect(await admin('POST', '/agents', '{}', { 'content-type': type })).toMatchObject({ status: 422 });
  });
  test('what follows the first value is not looked at', async () => {
    const body = `${JSON.stringify({ name: unique('agent'), cluster_name: 'c' })} x`;
    expect(await post(body)).toMatchObject({ status: 201 });
  });
  test('2 MiB are read, one byte more is 413', async () => {
    const body = (size: number) => `{"name":1}${' '.repeat(size - 10)}`;
    expect(await post(body(2_097_152))).toMatchObject({ status: 422 });
    expect(await post(body(2_097_153))).toMatchObject({ status: 413, text: 'Failed to buffer the request body: length limit exceeded' });
  });
  test('the body is judged before the permission', async () => {
    const { call } = await aGenerator();
    expect(await call('POST', '/agents', '{}', json)).toMatchObject({ status: 422 });
    expect(await call('POST', '/agents', { name: 'a', cluster_name: 'b' })).toMatchObject(refusal(403, 'admin_required'));
    expect(await as('a_b_c')('POST', '/agents', '{}', json)).toMatchObject({ status: 401 });
  });
});

describe('times', () => {
  const sent = (at: string) =>
    admin('PUT', `/generators/${unknownId}`, {
      id: unknownId,
      created_at: at,
      updated_at: '2026-01-01T00:00:00Z',
      name: 'n',
      is_active: true,
      is_system: false,
    });
  test.each([
    '2026-1-1 0:0:0z',
    ' 2026 - 01 - 01T00 : 00 : 00 UTC ',
    '2026-01-01T00:00:00.1234567891+0100',
    '2026-01-01T00:00:60-01 00',
    '2026-01-01T00:00:00\u221201:00',
  ])('%j is one', async (at) => {
    expect(await sent(at)).toMatchObject(refusal(404, 'not_found'));
  });
  test.each([
    ['2026-01-01T00:00:00', 'premature end of input'],
    ['2026-01-01T00:00:00+01', 'premature end of input'],
    ['2026-01-01T00:00:00.', 'premature end of input'],
    ['2026-01-01T00:00:00.Z', 'input contains invalid characters'],
    ['2026-01-01_00:00:00Z', 'input contains invalid characters'],
    ['2026-01-01T00:00:00+1:00', 'input contains invalid characters'],
    ['2026-01-01T00:00:00Zx', 'trailing input'],
    ['2026-13-x', 'input is out of range'],
    ['2026-02-30T00:00:00Z', 'input is out of range'],
    ['2026-01-01T24', 'input is out of range'],
    ['2026-01-01T00:00:00+24:00', 'input is out of range'],
  ])('%j is none: %s', async (at, message) => {
    const answer = await sent(at);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`created_at: ${message} at line 1 column `);
  });
});
