import { realProgram } from '@portico/core/testing';
import { withShop } from '@portico/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const plan = realProgram('chromium');

describe.skipIf(plan.absent)(`the documentation page of the web BFF in ${plan.title}`, () => {
  const given = withShop(webBff);
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: plan.path() });
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${given.bff.url}/docs`);
  });
  afterAll(() => browser?.close());

  const operation = () => page.locator('details').filter({ has: page.locator('code', { hasText: /^\/api\/account$/ }) }).first();

  it('says that an operation needs a session, and asks for no token', async () => {
    expect(await operation().locator('.lock').textContent()).toBe('needs a session');
    expect(await page.locator('#token').count()).toBe(0);
  });

  it('lets whoever has a session try it', async () => {
    const [name = '', value = ''] = (given.bff.signedIn()['cookie'] ?? '').split('=');
    await page.context().addCookies([{ name, value, url: given.bff.url }]);
    await operation().locator('summary').click();
    await operation().getByRole('button', { name: 'Try it' }).click();
    await operation().locator('pre', { hasText: '200 ·' }).waitFor();
    expect(await operation().locator('pre').textContent()).toContain('ann@shop.example');
  });
});
