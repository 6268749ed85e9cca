import { describe, expect, it } from 'vitest';
import { HubTickets, isHubTicket } from './hub-tickets.js';
import { ticketOf } from './ticket-of.js';

describe('the ticket of a connection', () => {
  const tickets = new HubTickets();

  it('is good for that connection alone', () => {
    const ticket = tickets.of('one');
    expect([tickets.isGood(ticket, 'one'), tickets.isGood(ticket, 'two'), tickets.isGood('', 'one'), tickets.isGood(`${ticket}A`, 'one')]).toEqual([true, false, false, false]);
  });

  it('is told from an access token', () => {
    expect([isHubTicket(tickets.of('one')), isHubTicket('eyJhbGciOiJSUzI1NiJ9.e30.x')]).toEqual([true, false]);
  });

  it('of another process is good for nothing', () => {
    expect(new HubTickets().isGood(tickets.of('one'), 'one')).toBe(false);
  });

  it.each([
    ['in the field', { headers: { authorization: 'Bearer abc' }, url: '/hubs/shop?id=1' }, 'abc'],
    ['in the query', { headers: {}, url: '/hubs/shop?id=1&access_token=abc' }, 'abc'],
    ['nowhere', { headers: {}, url: '/hubs/shop' }, undefined],
    ['twice', { headers: { authorization: 'Bearer abc' }, url: '/hubs/shop?access_token=abc' }, undefined],
    ['twice in the query', { headers: {}, url: '/hubs/shop?access_token=abc&access_token=abc' }, undefined],
    ['by another scheme', { headers: { authorization: 'Basic abc' }, url: '/hubs/shop' }, ''],
  ])('is found %s', (_where, request, ticket) => {
    expect(ticketOf(request)).toBe(ticket);
  });
});
