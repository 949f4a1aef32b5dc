/** Every word the page says, one typed catalogue: `words.fleet.title`. A second language is a second folder of the same shape. */
export * as words from './en/index.ts';
