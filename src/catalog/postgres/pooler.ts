// PgBouncer before PostgreSQL: clients keep their connections, the server lends one for each transaction.
import {
  guaranteed,
  instanceLabels,
  objectOf,
  restrictedContainer,
  restrictedPod,
  spreadOver,
} from '../operator-object';
import type { PoolerKind } from '../pooled';

/** The default of the operator's newest release: https://github.com/cloudnative-pg/pgbouncer-containers/pkgs/container/pgbouncer */
const image = { repository: 'ghcr.io/cloudnative-pg/pgbouncer', tag: '1.25.2', digest: null };

const documentation = 'https://cloudnative-pg.io/documentation/current/connection_pooling/';

export const pooler: PoolerKind = {
  title: 'PgBouncer',
  documentation,
  declared: { key: 'pooling', value: 'transaction' },
  image,
  processes: { single: 1, highlyAvailable: 2 },
  objects: ({ instance, name, platform, processes, poolSize, clientConnections }) => {
    const labels = instanceLabels({ name: instance, platform });
    return [
      objectOf(
        { name: instance, platform },
        'postgresql.cnpg.io/v1',
        'Pooler',
        name,
        {
          spec: {
            cluster: { name: instance },
            type: 'rw',
            instances: processes,
            pgbouncer: {
              poolMode: 'transaction',
              // https://www.pgbouncer.org/config.html
              parameters: {
                default_pool_size: String(poolSize),
                reserve_pool_size: '0',
                max_client_conn: String(clientConnections),
                max_prepared_statements: '200',
                query_wait_timeout: '10',
                server_idle_timeout: '60',
              },
            },
            template: {
              metadata: { labels },
              spec: {
                ...(processes > 1 ? { topologySpreadConstraints: spreadOver({ 'cnpg.io/poolerName': name }) } : {}),
                securityContext: restrictedPod,
                containers: [
                  {
                    name: 'pgbouncer',
                    image: `${image.repository}:${image.tag}`,
                    resources: guaranteed({ cpuMillis: 250, memoryMiB: 128 }),
                    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
                  },
                ],
              },
            },
          },
        },
        {
          '': 'PgBouncer: services keep their connections to it, and each transaction is lent one to the server.',
          'spec.pgbouncer.parameters':
            'From the connections of the class: all processes with all their pools together stay below its limit.',
          'spec.pgbouncer.parameters.max_prepared_statements':
            'Statements that a client prepared are prepared again on the connection that it is lent.',
          'spec.pgbouncer.parameters.query_wait_timeout':
            'Who waits longer for a connection gets an error in place of a queue that only grows. Unit: seconds.',
        },
      ),
    ];
  },
};
