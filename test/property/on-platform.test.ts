// A service on an arbitrary platform: rendered or refused, and no word of the platform changes what a file is made of.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyService } from './declarations';
import { focused } from './focused';
import { anyPlatform } from './platforms';
import { judgeAll, longest, runsOf } from './rendered';

const runs = runsOf(1150);

it(
  'renders or refuses a service on a platform, hostile or not',
  () => {
    const inputs = fc.record({ service: focused(anyService), platform: anyPlatform });
    expect(judgeAll(inputs, runs)).toBeGreaterThan(runs * 0.85);
  },
  longest(runs),
);
