/** What a handler answers, before it becomes bytes. */
export interface Reply {
  status: number;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
}
/** A reply that ends the handling where it is thrown. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`refused with ${String(reply.status)}`);
    this.reply = reply;
  }
}

const json = 'application/json';
const reply = (status: number, value: unknown): Reply => ({ status, type: json, body: JSON.stringify(value) });
export const ok = (value: unknown) => reply(200, value);
export const created = (value: unknown) => reply(201, value);
export const noContent: Reply = { status: 204 };
/** JSON that was put together elsewhere. */
export const okJson = (body: string): Reply => ({ status: 200, type: json, body });
export const text = (status: number, body: string): Reply => ({ status, type: 'text/plain; charset=utf-8', body });

export function refuse(status: number, code: string, message: string, details?: Record<string, unknown>): never {
  throw new Refusal(reply(status, details ? { code, message, details } : { code, message }));
}
export const refuseText = (status: number, body: string): never => {
  throw new Refusal(text(status, body));
};
export const notUnique = (constraint: string) =>
  refuse(409, 'unique_violation', `violates unique constraint \`${constraint}\``, { constraint });
export const noSuchRow = (constraint: string) =>
  refuse(422, 'foreign_key_violation', `violates foreign-key constraint \`${constraint}\``, { constraint });
/** What the database refuses without a code of its own, in whatever is asked of it: a NUL. */
export function storable(value: string | null, failure: string): void {
  if (value?.includes('\u0000')) refuse(500, 'internal_error', failure);
}
/** The same of what a column is too narrow for. */
export function fits(value: string, characters: number, failure: string): void {
  storable(value, failure);
  if (Array.from(value).length > characters) refuse(500, 'internal_error', failure);
}
