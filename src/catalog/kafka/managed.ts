// Kafka by Amazon MSK: class, brokers, disk, settings, and what is paid.
import type { ManagedInput, ManagedKind } from '../managed';
import { hoursPerMonth } from '../prices';
import { instanceTypes } from '../prices/instance-types';
import { chooseType } from '../sizing';

export const mskClass = (input: Pick<ManagedInput, 'cpuMillis' | 'memoryMiB' | 'gated'>) =>
  chooseType(
    instanceTypes.msk,
    { ...input, connections: null, allowsBurstable: !input.gated },
    {
      usable: 1,
      source: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
      connections: null,
    },
  );

/** MSK lays brokers evenly over its subnets, one for each of three zones. */
const brokers = 3;
const growth = 4;

export const managed: ManagedKind = {
  title: 'Amazon MSK',
  documentation: 'https://docs.aws.amazon.com/msk/latest/developerguide/what-is-msk.html',
  resource: (input) => {
    const { type, why } = mskClass(input);
    const volume = Math.max(10, Math.ceil((input.storageMiB ?? 0) / 1024));
    return {
      module: 'kafka',
      inNetwork: true,
      variables: {
        // Recommended by MSK, and what its brokers upgrade to 4 from: https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
        kafka_version: '3.9.x',
        instance_type: type.name,
        brokers,
        volume_gib: volume,
        max_volume_gib: volume * growth,
        server_properties: {
          // Topics and rights are declared: nobody makes one by a slip, nobody reads what is not his.
          'auto.create.topics.enable': 'false',
          'allow.everyone.if.no.acl.found': 'false',
          // A write is on two brokers before it counts, so that one may be patched: https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
          'default.replication.factor': '3',
          'min.insync.replicas': '2',
          'unclean.leader.election.enable': 'false',
        },
      },
      why: `${why}. Services log in by SASL/SCRAM; the job that makes topics and rights by IAM, which needs no rights inside Kafka to begin with`,
      instanceType: type.name,
      prices: [
        {
          item: type.name,
          quantity: brokers * hoursPerMonth,
          unit: 'hour',
          why: `${brokers} brokers, ${hoursPerMonth} hours`,
        },
        { item: 'msk-storage', quantity: brokers * volume, unit: 'GiB-month', why: `${volume} GiB for each broker` },
      ],
    };
  },
};
