import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { codeFiles, textFiles } from './source-files.js';
import { read } from './workspace.js';

const maxLines = 400;
const code = codeFiles().map((path) => ({ path, text: read(path) }));

/** Paths of the files in which `pattern` occurs. */
const where = (pattern: RegExp, files = code): string[] => files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

it('no file of code is longer than 400 lines', () => {
  expect(code.length).toBeGreaterThan(50);
  expect(code.filter(({ text }) => text.split('\n').length - 1 > maxLines).map(({ path }) => path)).toEqual([]);
});

it('no spec is left out, and none leaves the others out', () => {
  // Split, so that this file does not find itself.
  const calls = new RegExp(`\\b(?:it|test|describe|suite)\\.(?:${['on', 'ly|sk', 'ip|to', 'do'].join('')})\\b`);
  expect(where(calls)).toEqual([]);
});

it('the words with two opposite meanings occur nowhere', () => {
  // The configuration of nginx has one of them as a word of its language.
  const files = code.filter(({ path }) => !path.startsWith('deploy/edge/src/nginx/render-'));
  expect(where(new RegExp(`(?:up|down)${'stream'}`, 'i'), files)).toEqual([]);
});

it('no file or folder has a name that says nothing', () => {
  const empty = /(?:^|[./-])(?:utils?|helpers?|common|managers?|generic|misc)(?=[./-]|$)/;
  // The package cache-manager has the name it has.
  expect(code.map(({ path }) => path).filter((path) => empty.test(path.replace('cache-manager', 'cache')))).toEqual([]);
});

it('no declaration has a name that says nothing, and no interface an I before it', () => {
  expect(where(/\b(?:class|interface|type|enum)\s+\w*(?:Utils?|Helpers?|Managers?)\b/)).toEqual([]);
  expect(where(/\binterface\s+I[A-Z][a-z]/)).toEqual([]);
});

it('files have names in kebab-case', () => {
  expect(code.map(({ path }) => path).filter((path) => !/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(basename(path)))).toEqual([]);
});

it('a lib lists its public names one by one', () => {
  const indexes = code.filter(({ path }) => /^libs\/[^/]+\/(?:src|testing)\/index\.ts$/.test(path));
  expect(where(/^export \*/m, indexes)).toEqual([]);
});

it('no text names a place that exists on one machine only', () => {
  const files = textFiles().map((path) => ({ path, text: read(path) }));
  // Split, so that this file does not find itself.
  const homes = new RegExp(`(?<![\\w.@:/*-])/(?:${['wo', 'rk|ro', 'ot|ho', 'me/\\w+|Us', 'ers/\\w+'].join('')})/`);
  expect(where(homes, files)).toEqual([]);
});
