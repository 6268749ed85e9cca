import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePorts } from '@portico/core/testing';
import { vi } from 'vitest';

/** What is delivered for Prometheus and Grafana. */
export const observabilityFolder = fileURLToPath(new URL('../../../deploy/observability', import.meta.url));

/** A sample of an instant vector. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** A rule of the alerts, as Prometheus has it now. */
export interface AlertRule {
  readonly name: string;
  readonly query: string;
  readonly state: 'inactive' | 'pending' | 'firing';
  readonly health: 'ok' | 'unknown' | 'err';
}

/** A real Prometheus with the delivered alerts, that scrapes one app twice a second. */
export interface TestPrometheus {
  /** What a query brings. Rejects when it cannot be read. */
  query(expression: string): Promise<readonly Series[]>;
  alerts(): Promise<readonly AlertRule[]>;
  close(): Promise<void>;
}

/** Starts it. @param program where it is */
export async function startPrometheus(program: string, app: string, url: string): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-prometheus-'));
  const [port] = await freePorts(1);
  const file = join(folder, 'prometheus.yml');
  const pace = { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '500ms' };
  const scrape = [{ job_name: 'portico', static_configs: [{ targets: [new URL(url).host], labels: { app } }] }];
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ global: pace, rule_files: [join(observabilityFolder, 'alerts.yml')], scrape_configs: scrape }));
  const child = spawn(program, [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  const ask = async (path: string): Promise<unknown> => {
    const answer = (await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { status: string; error?: string; data: unknown };
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  };
  const prometheus: TestPrometheus = {
    query: async (expression) => ((await ask(`query?${new URLSearchParams({ query: expression })}`)) as { result: Series[] }).result,
    alerts: async () => ((await ask('rules?type=alert')) as { groups: { rules: AlertRule[] }[] }).groups.flatMap(({ rules }) => rules),
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await gone;
      await rm(folder, { recursive: true });
    },
  };
  await vi.waitFor(() => prometheus.query('up'), { timeout: 30_000, interval: 100 }).catch((error: unknown) => {
    throw new Error(`Prometheus did not come up:\n${log}`, { cause: error });
  });
  return prometheus;
}

/** What `promtool` says of a file that is delivered; rejects when it finds a fault. @param program Prometheus, beside which it lies */
export async function promtoolCheck(program: string, kind: 'config' | 'rules', file: string): Promise<string> {
  return (await promisify(execFile)(join(dirname(program), 'promtool'), ['check', kind, join(observabilityFolder, file)])).stdout;
}

/** The query of each panel of each dashboard, as Grafana would ask it of `app`. */
export async function panelQueries(app: string): Promise<readonly { readonly panel: string; readonly query: string }[]> {
  const folder = join(observabilityFolder, 'grafana/dashboards');
  const boards = await Promise.all((await readdir(folder)).map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as { title: string; panels: { title: string; targets: { expr: string }[] }[] }));
  return boards.flatMap(({ title, panels }) =>
    panels.flatMap((panel) => panel.targets.map(({ expr }) => ({ panel: `${title} / ${panel.title}`, query: expr.replaceAll('$app', app).replaceAll('$__rate_interval', '1m') }))),
  );
}
