import { realProgram } from '@portico/core/testing';
import { withShop } from '@portico/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const plan = realProgram('chromium');
const origin = 'http://localhost:3010';

describe.skipIf(plan.absent)(`the documentation page of the web BFF in ${plan.title}`, () => {
  const given = withShop(webBff);
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    // The page's origin is to be the BFF's own.
    browser = await chromium.launch({ executablePath: plan.path(), args: [`--host-resolver-rules=MAP ${new URL(origin).host} ${new URL(given.bff.gateway.url).host}`] });
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${origin}/docs`);
  });
  afterAll(() => browser?.close());

  const operation = () => page.locator('details').filter({ has: page.locator('code', { hasText: /^\/api\/account$/ }) }).first();

  it('says that an operation needs a session, and asks for no token', async () => {
    expect(await operation().locator('.lock').textContent()).toBe('needs a session');
    expect(await page.locator('#token').count()).toBe(0);
  });

  it('lets whoever has a session try it', async () => {
    const [name = '', value = ''] = (given.bff.signedIn()['cookie'] ?? '').split('=');
    await page.context().addCookies([{ name, value, url: origin }]);
    await operation().locator('summary').click();
    await operation().getByRole('button', { name: 'Try it' }).click();
    await operation().locator('pre', { hasText: '200 ·' }).waitFor();
    expect(await operation().locator('pre').textContent()).toContain('ann@shop.example');
  });

  it('has the negotiation of the hub among the operations, and lets it be tried', async () => {
    const hub = page.locator('details').filter({ has: page.locator('code', { hasText: /^\/hubs\/web\/negotiate$/ }) });
    expect([await hub.count(), await hub.locator('.lock').textContent()]).toEqual([1, 'public']);
    await hub.locator('summary').click();
    expect(await hub.locator('input').evaluateAll((inputs) => inputs.map((input) => input.ariaLabel))).toEqual(['negotiateVersion', 'useStatefulReconnect']);
    await hub.getByRole('button', { name: 'Try it' }).click();
    await hub.locator('pre', { hasText: '200 ·' }).waitFor();
    expect(await hub.locator('pre').textContent()).toContain('availableTransports');
  });
});
