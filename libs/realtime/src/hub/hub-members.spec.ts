import { anonymousCaller, type Caller } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { user } from '../../test/hub/test-hub.js';
import type { ConnectedClient } from './connected-client.js';
import { HubMembers } from './hub-members.js';
import { InProcessBackplane } from './in-process.backplane.js';

const client = (id: string, caller: Caller): ConnectedClient => ({ id, caller }) as ConnectedClient;

describe('the members of a hub', () => {
  it('leave nothing behind: no empty users, groups or lists of groups', () => {
    const members = new HubMembers(new InProcessBackplane());
    const clients = [client('1', user('ann')), client('2', user('ann')), client('3', anonymousCaller)];
    for (const one of clients) members.add(one);
    for (const one of clients) for (const group of ['a', 'b']) members.join(one, group);
    members.join(clients[2]!, 'c');
    expect(members.sizes).toEqual([3, 1, 3, 3]);
    members.leave(clients[2]!, 'c');
    members.leave(clients[2]!, 'a');
    members.leave(clients[2]!, 'b');
    expect(members.sizes).toEqual([3, 1, 2, 2]);
    for (const one of clients) members.delete(one);
    expect(members.sizes).toEqual([0, 0, 0, 0]);
  });
});
