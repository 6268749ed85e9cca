import vm from 'node:vm';
import { expect, it } from 'vitest';
import { tryOutPages } from './try-out.page.js';

const textOf = (path: string): string => tryOutPages.find((page) => page.path === path)?.text ?? '';

it('the page loads its own script and style, and has none in its text', () => {
  const page = textOf('/');
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])).toEqual(['data:,', '/try-out/try-out.css', '/docs', '/bff/login?returnUrl=/', '/try-out/try-out.js']);
  expect(page).not.toMatch(/<script(?![^>]* src=)|\son\w+=|<style|\sstyle=/);
});

it('its script parses, takes no text for markup, and keeps nothing', () => {
  const script = textOf('/try-out/try-out.js');
  expect(() => new vm.Script(`(async () => {${script}\n})`)).not.toThrow();
  expect(script).not.toMatch(/https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bimport\b|Storage|indexedDB|\.cookie/);
});
