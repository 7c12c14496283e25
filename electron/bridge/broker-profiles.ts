/** The brokers that a person can deliver to: how to reach them, and what is tried before a delivery. */
import * as z from 'zod';

/** How to reach a broker. No secret is in here: a password goes in once, and never comes out. */
export const brokerConnectionSchema = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  username: z.string(),
  vhost: z.string(),
  /** Asked of the broker; absent: what the broker proposes; 0: none. */
  heartbeatSeconds: z.number().int().min(0).max(65_535).optional(),
  /** Present: amqps. Files are PEM, named by absolute paths. */
  tls: z
    .object({
      /** The name that the broker's certificate must carry; absent: the host. */
      serverName: z.string().optional(),
      /** Absent: the authorities that the system trusts. */
      caFile: z.string().optional(),
      certificateFile: z.string().optional(),
      keyFile: z.string().optional(),
    })
    .optional(),
  /** Of RabbitMQ's management plugin, such as http://host:15672. */
  managementUrl: z.string().optional(),
});
export type BrokerConnection = z.infer<typeof brokerConnectionSchema>;

export const confirmPolicySchema = z.object({
  /** What the script sees of a confirm: the broker's verdict, or `NotRequested` as kumod tells it. */
  confirms: z.enum(['broker', 'kumod']),
  confirmTimeoutMs: z.number().int().min(100).max(600_000),
});

/** `system`: sealed by the system's own store. `file`: in a file that only this user can read. */
export const secretPlaceSchema = z.enum(['system', 'file']);
export type SecretPlace = z.infer<typeof secretPlaceSchema>;

/** `embedded` and `as-written` always exist; `broker` are the person's own. */
export const brokerProfileSchema = confirmPolicySchema.extend({
  id: z.string(),
  kind: z.enum(['embedded', 'broker', 'as-written']),
  name: z.string(),
  /** As an AMQP URI without the password. For `embedded`: where it listens. */
  address: z.string().optional(),
  /** Of `broker` alone. */
  connection: brokerConnectionSchema.optional(),
  /** Where its password is; `locked`: sealed by the desktop application, which alone can open it. */
  password: z.enum([...secretPlaceSchema.options, 'locked']).optional(),
});
export type BrokerProfile = z.infer<typeof brokerProfileSchema>;

/** Without an id: a new profile. */
export const profileFormSchema = confirmPolicySchema.extend({
  id: z.string().optional(),
  name: z.string().min(1),
  connection: brokerConnectionSchema,
  /** Absent: as it was, as long as host, port, user, virtual host and TLS are. */
  password: z.string().optional(),
  /** Of the client's key; absent: as it was. */
  keyPassphrase: z.string().optional(),
});
export type ProfileForm = z.infer<typeof profileFormSchema>;

export const connectionTestSchema = z.object({
  ok: z.boolean(),
  /** One sentence: what is the case, and what to do when that is not good. */
  explanation: z.string(),
  /** What the broker said of itself, and what both sides agreed on. */
  broker: z
    .object({
      product: z.string(),
      version: z.string(),
      vhost: z.string(),
      /** 0: none. */
      heartbeatSeconds: z.number(),
      frameMaxBytes: z.number(),
      /** Such as `TLSv1.3`; absent without TLS. */
      tls: z.string().optional(),
    })
    .optional(),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

export const profileCalls = {
  /** Takes an AMQP URI apart, for the form. */
  'brokers.readUri': {
    input: z.object({ uri: z.string() }),
    output: z.object({ connection: brokerConnectionSchema, password: z.string().optional() }),
  },
  /** Connects and disconnects: what the broker says. */
  'brokers.test': { input: z.object({ id: z.string() }), output: connectionTestSchema },
};
