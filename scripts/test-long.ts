// The same tests at full size: what `npm test` asserts at a tenth.
process.env['TEST_LONG'] = '1';
await import('./test.ts');
export {};
