import vm from 'node:vm';
import { expect, it } from 'vitest';
import { tryOutPages } from './try-out.page.js';

const textOf = (path: string): string => tryOutPages.find((page) => page.path === path)?.text ?? '';

it('the page loads its own script and style, and has none in its text', () => {
  const page = textOf('/');
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])).toEqual(['data:,', '/try-out/try-out.css', '/docs', '/bff/login?returnUrl=/', '/try-out/try-out.js']);
  expect(page).not.toMatch(/<script(?![^>]* src=)|\son\w+=|<style|\sstyle=/);
});

const scripts = ['/try-out/try-out.js', '/try-out/page.js', '/try-out/live.js'];

it.each(scripts)('its script %s parses, takes no text for markup, and keeps nothing', (path) => {
  const script = textOf(path).replace(/^import .*'\.\/\w+\.js';$|^export /gm, '');
  expect(script).not.toBe('');
  expect(() => new vm.Script(`(async () => {${script}\n})`)).not.toThrow();
  expect(script).not.toMatch(/https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bimport\b|Storage|indexedDB|\.cookie/);
});

it('its scripts import what is served beside them', () => {
  const imported = scripts.flatMap((path) => [...textOf(path).matchAll(/^import .*'\.\/(\w+\.js)';$/gm)].map((match) => `/try-out/${match[1]}`));
  expect([...new Set(imported)].sort()).toEqual(['/try-out/live.js', '/try-out/page.js', '/try-out/signalr.js']);
  for (const path of imported) expect(textOf(path)).not.toBe('');
});
