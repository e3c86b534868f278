// Decides the class of an instance from the connections that all services open at the worst moment.
import type { ResourceClass } from '../../catalog/kind';
import type { Use } from '../bindings';
import type { Decisions } from '../decisions';
import type { SharedUse } from './shared-use';

const classes: readonly ResourceClass[] = ['small', 'medium', 'large'];

export interface Connections {
  readonly atPeak: number;
  readonly arithmetic: string;
}

/** Null where no use has a pool. */
export function connectionsOf(uses: readonly SharedUse[]): Connections | null {
  const counted = uses.flatMap(({ service, binding }) =>
    binding.connectionsAtPeak === null ? [] : [{ service, connections: binding.connectionsAtPeak }],
  );
  if (counted.length === 0) return null;
  const atPeak = counted.reduce((sum, { connections }) => sum + connections, 0);
  return {
    atPeak,
    arithmetic: `${counted.map(({ service, connections }) => `${connections} from ${service}`).join(' + ')} = ${atPeak} connections`,
  };
}

export function decideClass(first: Use, connections: Connections | null, decisions: Decisions): ResourceClass {
  if (first.declaredClass !== null && first.runs !== 'container')
    return decisions.decide(first.declaredClass, {
      path: 'class',
      from: `backing.${first.need.kind}.class`,
      why: 'as declared',
    });
  if (connections === null || first.pooled)
    return decisions.decide(first.runs === 'container' ? 'small' : 'medium', {
      path: 'class',
      by: 'default',
      why:
        first.runs === 'container'
          ? 'a laptop runs one process of everything'
          : first.pooled
            ? 'a pooler keeps the connections to the server few'
            : 'no pool to measure it by',
    });
  const reserved = first.kind.reservedConnections;
  const fitting = classes.find(
    (name) => (first.kind.classes[name].connections ?? Number.POSITIVE_INFINITY) - reserved >= connections.atPeak,
  );
  return decisions.decide(fitting ?? 'large', {
    path: 'class',
    by: 'rule',
    why: `the smallest class whose connections, less ${reserved} reserved, carry ${connections.arithmetic}`,
  });
}
