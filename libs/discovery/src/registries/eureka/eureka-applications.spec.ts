import { describe, expect, it } from 'vitest';
import { EurekaApplications } from './eureka-applications.js';

type Entry = readonly [app: string, id: string, status: string, action?: string];

const instance = ([, instanceId, status, actionType = 'ADDED']: Entry) => ({ instanceId, status, actionType });
const answer = (hashCode: string, ...entries: Entry[]) => ({
  applications: { versions__delta: '1', apps__hashcode: hashCode, application: [...new Set(entries.map(([app]) => app))].map((name) => ({ name, instance: entries.filter(([app]) => app === name).map(instance) })) },
});
const ids = (applications: EurekaApplications) => [...applications.instances()].map(({ instanceId, status }) => `${instanceId} ${status}`);

function known(...entries: Entry[]): EurekaApplications {
  const applications = new EurekaApplications('catalog');
  applications.replace(answer('', ...entries));
  return applications;
}

describe('the applications that Eureka knows', () => {
  it('are held to the one that is wanted, in any case', () => {
    expect(ids(known(['CATALOG', 'a', 'UP'], ['Catalog', 'b', 'DOWN'], ['PRICING', 'a', 'UP']))).toEqual(['a UP', 'b DOWN']);
  });

  it('are counted all, whatever application they belong to, in the order of the statuses', () => {
    expect(known(['CATALOG', 'a', 'UP'], ['PRICING', 'a', 'UP'], ['PRICING', 'b', 'OUT_OF_SERVICE'], ['X', 'c', 'DOWN']).hashCode()).toBe('DOWN_1_OUT_OF_SERVICE_1_UP_2_');
    expect(known().hashCode()).toBe('');
  });

  it('may come as one where there is one', () => {
    const applications = new EurekaApplications('catalog');
    applications.replace({ applications: { application: { name: 'CATALOG', instance: { instanceId: 'a', status: 'UP' } } } });
    expect(ids(applications)).toEqual(['a UP']);
  });

  it('may name an instance by its host alone', () => {
    const applications = new EurekaApplications('catalog');
    applications.replace({ applications: { application: [{ name: 'CATALOG', instance: [{ hostName: 'a', status: 'UP' }, { hostName: 'b', status: 'UP' }] }] } });
    expect(applications.hashCode()).toBe('UP_2_');
  });

  it.each([null, [], 'x', {}, { applications: null }, { applications: 7 }])('are not what is no such list: %j', (value) => {
    const applications = known(['CATALOG', 'a', 'UP']);
    expect(() => applications.replace(value)).toThrow('no list of applications');
    expect(() => applications.apply(value)).toThrow('no list of applications');
    expect(ids(applications)).toEqual(['a UP']);
  });
});

describe('a delta', () => {
  it('adds, changes and deletes', () => {
    const applications = known(['CATALOG', 'a', 'UP'], ['CATALOG', 'b', 'UP'], ['PRICING', 'c', 'UP']);
    const fits = applications.apply(answer('DOWN_1_UP_2_', ['CATALOG', 'a', 'UP', 'DELETED'], ['CATALOG', 'b', 'DOWN', 'MODIFIED'], ['CATALOG', 'd', 'UP', 'ADDED']));
    expect(fits).toBe(true);
    expect(ids(applications)).toEqual(['b DOWN', 'd UP']);
  });

  it('may come twice', () => {
    const applications = known(['CATALOG', 'a', 'UP']);
    const delta = answer('UP_1_', ['CATALOG', 'a', 'UP', 'DELETED'], ['CATALOG', 'b', 'UP', 'ADDED']);
    expect([applications.apply(delta), applications.apply(delta)]).toEqual([true, true]);
  });

  it('that leaves other counts than Eureka has does not fit', () => {
    expect(known(['CATALOG', 'a', 'UP']).apply(answer('UP_2_'))).toBe(false);
    expect(known(['CATALOG', 'a', 'UP']).apply({ applications: {} })).toBe(false);
  });
});
