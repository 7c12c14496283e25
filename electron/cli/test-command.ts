import { join, relative } from 'node:path';
import type { Mismatch } from '../../lua-runtime/expectations/expectation-contract.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import { EntryFile } from '../host/debug/entry-file.ts';
import { runScenario } from '../host/scenarios/run-scenario.ts';
import type { ScenarioResult } from '../host/scenarios/run-scenario.ts';
import { summedCoverage } from '../host/scenarios/scenario-coverage.ts';
import type { RecordedScenario } from '../host/scenarios/scenario-coverage.ts';
import { findScenarioFiles, readScenarioFile } from '../host/scenarios/scenario-files.ts';
import type { LoadedScenario, ReadScenarioFile } from '../host/scenarios/scenario-files.ts';
import { SCENARIO_SUFFIX } from '../host/scenarios/scenario-schema.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import type { ParsedArguments } from './arguments.ts';
import { openCliBroker } from './cli-broker.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import type { Command, CommandIo } from './command.ts';
import { readRecording, writeCoverage } from './coverage-file.ts';
import { jsonReporter } from './test-reporters/json-reporter.ts';
import { junitReporter } from './test-reporters/junit-reporter.ts';
import { tapReporter } from './test-reporters/tap-reporter.ts';
import type { CreateReporter, ReportedScenario } from './test-reporters/test-report.ts';
import { textReporter } from './test-reporters/text-reporter.ts';

const REPORTERS: { readonly [name: string]: CreateReporter } = {
  text: textReporter,
  tap: tapReporter,
  junit: junitReporter,
  json: jsonReporter,
};

const help = `Usage: kumo-workbench test PATH… [OPTION…]

Runs scenarios: what a policy is given, the broker it reaches and its faults, and what is expected of
the recording. PATH is a scenario file, or a folder of which all *${SCENARIO_SUFFIX} files are run, one
scenario after the other, each with an embedded broker of its own. Exit status 0 when all passed, 1
when one failed, 2 when a file is no scenario file.

  --reporter text|tap|junit|json
                          how results are told on stdout (default text)
  --coverage DIR          writes DIR/lcov.info: what all scenarios together have run; they are
                          replayed for it
  --name TEXT             runs only scenarios whose name contains TEXT
  --dial                  lets scenarios reach the brokers that they name by URL or profile; without
                          it these fail
${POLICY_OPTIONS_HELP}

A scenario file:

  {
    "version": 1,
    "policy": "init.lua",
    "scenarios": [
      {
        "name": "A nack bounces with what the broker said",
        "deliver": { "queue": "amqp", "message": { "json": { "type": "Delivery" } } },
        "broker": { "fault": "nack" },
        "expect": {
          "record": { "type": "Bounce", "code": 500, "content": { "json": { "status": "Nack" } } },
          "verdicts": ["nacked"]
        }
      }
    ]
  }

A scenario has a name, one of deliver, resolve and event, expect, and maybe broker and engine:
  deliver     queue (a name, or domain, tenant, campaign, routing_domain), sender, recipient, meta,
              message (headers and body or json, or file), id, num_attempts (attempts before it),
              count, seconds (messages for so long, with count the most), sessions
  resolve     queue: only asks where it goes
  event       name, args: fires an event by hand
  broker      fault, dialect and definitions (a file; default: definitions.json beside the policy) of
              the embedded broker, and declare: queues, exchanges and bindings besides, in the words of
              that file; or url or profile; confirms (broker or kumod: what the script sees),
              confirm_timeout_ms
  expect      queue_config, record, verdicts, publishes, warnings, prints, error, returns, counts,
              problem. A text is "all of it", {"contains": …}, {"matches": …} or {"json": …}. A loss
              that is not expected fails the scenario.
`;

export const testCommand: Command = {
  name: 'test',
  summary: 'run scenarios and tell which expectations are not met',
  help,
  async run(args, io) {
    const parsed = parseArguments('test', args, {
      ...POLICY_OPTIONS,
      reporter: { type: 'string' },
      coverage: { type: 'string' },
      name: { type: 'string' },
      dial: { type: 'boolean' },
    });
    const createReporter = REPORTERS[parsed.text('reporter') ?? 'text'];
    if (createReporter === undefined) {
      throw new UsageError(`--reporter must be one of ${Object.keys(REPORTERS).join(', ')}.`);
    }
    const files = await filesOf(parsed.positionals);
    const wanted = parsed.text('name') ?? '';
    const scenarios = files
      .flatMap((file) => file.scenarios)
      .filter(({ scenario }) => scenario.name.includes(wanted));
    const hasProblems = files.some(({ problems }) => problems.length > 0);
    if (scenarios.length === 0 && !hasProblems) {
      throw new UsageError(`No scenario has ${JSON.stringify(wanted)} in its name.`);
    }
    const reporter = createReporter(io.out);
    reporter.begin(
      files.map(({ file, problems }) => ({
        file: shown(file),
        problems,
        scenarios: scenarios.filter((each) => each.file === file).length,
      })),
    );
    const folder = parsed.text('coverage');
    const recordings: (RecordedScenario & { readonly file: EntryFile })[] = [];
    let failed = 0;
    try {
      for (const scenario of scenarios) {
        const recording = folder === undefined ? undefined : new EntryFile();
        if (recording) {
          const { policyRoot } = scenario;
          recordings.push({ policyRoot, entries: recording.entries(), file: recording });
        }
        const result = await run(scenario, parsed, io, recording);
        if (result.bug !== undefined) throw new Error(result.bug);
        if (result.state === 'cancelled') {
          throw new CommandProblem('The scenarios were interrupted; the others were not run.');
        }
        if (result.state === 'failed') failed++;
        reporter.ended(reported(result));
      }
      reporter.end();
      if (folder !== undefined && recordings.length > 0) {
        const options = { values: false, signal: io.stop };
        const coverage = await readRecording(() => summedCoverage(recordings, options));
        io.err(await writeCoverage(coverage, folder));
      }
    } finally {
      for (const { file } of recordings) file.remove();
    }
    if (hasProblems) {
      io.err('Nothing of a file with a mistake is run; correct what is told of it.\n');
      return ExitStatus.usage;
    }
    return failed === 0 ? ExitStatus.fine : ExitStatus.findings;
  },
};

/** Throws UsageError when there is none. */
async function filesOf(paths: readonly string[]): Promise<ReadScenarioFile[]> {
  if (paths.length === 0) {
    throw new UsageError('Give scenario files or folders that hold some: test PATH….');
  }
  const found = (await Promise.all(paths.map(findScenarioFiles))).flat();
  if (found.length === 0) {
    throw new UsageError(
      `There is no file *${SCENARIO_SUFFIX} below ${paths.join(', ')}; see \`kumo-workbench test --help\` for how one looks.`,
    );
  }
  return Promise.all([...new Set(found)].map((file) => readScenarioFile(file)));
}

function run(
  scenario: LoadedScenario,
  parsed: ParsedArguments,
  io: CommandIo,
  recording: EntryFile | undefined,
): Promise<ScenarioResult> {
  return runScenario(scenario, {
    policy: { engine: engineOf(parsed), environment: {}, limits: limitsOf(parsed) },
    openNamedBroker: async (name, confirms) => {
      if (!parsed.flag('dial')) {
        throw new BridgeError(
          'refused',
          `the scenario delivers to ${name}; --dial allows that, without it only embedded brokers are reached`,
        );
      }
      const { policyRoot: policyFolder } = scenario;
      const options = { name, confirms, fault: undefined, definitions: undefined, policyFolder };
      try {
        return (await openCliBroker(options)).runBroker;
      } catch (error) {
        if (!(error instanceof UsageError || error instanceof CommandProblem)) throw error;
        throw new BridgeError('refused', error.message);
      }
    },
    onEntry: (entry) => recording?.add(entry),
    signal: io.stop,
  });
}

function reported({ scenario, state, durationMs, mismatches }: ScenarioResult): ReportedScenario {
  const { file, line, policyRoot } = scenario;
  const placed = (mismatch: Mismatch): Mismatch => {
    const { location } = mismatch;
    if (location === undefined) return mismatch;
    return {
      ...mismatch,
      location: { ...location, file: shown(join(policyRoot, location.file)) },
    };
  };
  return {
    file: shown(file),
    name: scenario.scenario.name,
    line,
    passed: state === 'passed',
    durationMs,
    mismatches: mismatches.map(placed),
  };
}

/** As a person would name it from here. */
function shown(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') ? path : way;
}
