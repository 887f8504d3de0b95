/** The only file that reads the environment. A bad value stops the start with its name. */
import { z } from "zod";
import { isSeparated, RoleCode } from "../contract/role.ts";
import { readAllowed } from "./lib/outbound.ts";

const blankIsAbsent = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(blankIsAbsent, z.string().optional());
const flag = z
  .preprocess(blankIsAbsent, z.enum(["0", "1", "true", "false"]).default("0"))
  .transform((value) => value === "1" || value === "true");
const port = (fallback: number) =>
  z.preprocess(
    blankIsAbsent,
    z.coerce
      .number("expected a port number, 0 to 65535")
      .int()
      .min(0)
      .max(65_535)
      .default(fallback),
  );

const whole = z.coerce
  .number("expected a whole number, 1 to 100000000")
  .int()
  .min(1)
  .max(100_000_000);

const count = (fallback: number) =>
  z.preprocess(blankIsAbsent, whole.default(fallback));

const zone = z.string().refine(
  (name) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
    } catch {
      return false;
    }
  },
  { message: "expected an IANA time zone such as Asia/Shanghai" },
);

const url = (...schemes: string[]) =>
  z.preprocess(
    blankIsAbsent,
    z
      .string()
      .refine(
        (value) =>
          URL.canParse(value) &&
          schemes.includes(new URL(value).protocol.slice(0, -1)),
        { message: `expected a URL with one of: ${schemes.join(", ")}` },
      )
      .optional(),
  );

const json = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value, context) => {
    if (typeof value !== "string" || value === "") return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "expected JSON" });
      return z.NEVER;
    }
  }, shape.optional());
const allowed = z.string().transform((text, context) => {
  try {
    return readAllowed(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});

const Environment = z.object({
  PORT: port(8080),
  HOST: z.preprocess(blankIsAbsent, z.string().default("127.0.0.1")),
  PUBLIC_URL: url("http", "https"),
  DATA_DIR: z.preprocess(blankIsAbsent, z.string().default("./data")),
  DATABASE_URL: url("postgres", "postgresql"),
  MQTT_URL: url("mqtt", "mqtts"),
  /** Share group on the outside broker, so that several hubs split the load. */
  MQTT_SHARE: text,
  MQTT_PORT: z.preprocess(
    blankIsAbsent,
    z.coerce.number().int().min(0).max(65_535).optional(),
  ),
  CITY_DIR: text,
  TZ_CITY: z.preprocess(blankIsAbsent, zone.default("Asia/Shanghai")),
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
      .default("info"),
  ),
  METRICS_TOKEN: text,
  TLS_CERT: text,
  TLS_KEY: text,
  TRUST_PROXY: flag,
  /** Hosts and networks that cameras' and attachments' addresses may name although they would be refused. */
  OUTBOUND_ALLOW: z.preprocess((value) => value ?? "", allowed),
  /** Of browsers, walls and senders together. */
  MAX_CONNECTIONS: count(4_096),
  /** Of one sender's address: half of them; behind a proxy all have one address. */
  MAX_CONNECTIONS_PER_ADDRESS: z.preprocess(blankIsAbsent, whole.optional()),
  /** Of one feed; see server/flow/caps.ts. */
  MAX_CAMERAS: count(100_000),
  MAX_INCIDENTS: count(200_000),
  MAX_INCIDENT_TEXT: count(128 * 1024 * 1024),
  MAX_WARNINGS: count(4_000),
  MAX_WARNING_TEXT: count(16 * 1024 * 1024),
  MAX_SENSORS: count(2_000_000),
  MAX_OBJECTS: count(50_000),
  MAX_OBJECT_ALARMS: count(500),
  /** The server's key, base64 of 32 bytes, or the file (mode 600) that holds it. */
  SECRET_KEY: text,
  SECRET_KEY_FILE: text,
  /** Single sign-on (docs/operate.md): all of it or nothing. */
  OIDC_ISSUER: url("https", "http"),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  /** On the button. */
  OIDC_NAME: text,
  OIDC_SCOPE: z.preprocess(blankIsAbsent, z.string().default("openid profile")),
  OIDC_ROLES_CLAIM: z.preprocess(blankIsAbsent, z.string().default("roles")),
  /** JSON: what the claim may say → a role's code. */
  OIDC_ROLES: json(z.record(z.string(), RoleCode)),
  /** Claims that list departments and districts, `*` for all; without them administrators give the scope. */
  OIDC_DEPARTMENTS_CLAIM: text,
  OIDC_DISTRICTS_CLAIM: text,
  OIDC_LOGIN_CLAIM: z.preprocess(
    blankIsAbsent,
    z.string().default("preferred_username"),
  ),
  OIDC_STAFF_CLAIM: z.preprocess(blankIsAbsent, z.string().default("sub")),
  /** Values of `amr` that mean a second factor was asked for there. */
  OIDC_STRONG: z.preprocess(blankIsAbsent, z.string().default("mfa,otp,hwk")),
  /** JSON file {feed id: SHA-256 of its key}: how a launcher gives keys without telling them. */
  FEED_KEY_HASHES: text,
  /** A launcher's file of systems that are told back. */
  WEBHOOKS: text,
  /** Demo and replay stores are flagged, and refused by `npm run serve`. */
  DEMO: flag,
});

export type Config = Readonly<ReturnType<typeof readConfig>>;

/**
 * Reads a set of environment variables.
 * @throws Error with one line per bad variable: its name and what is allowed.
 */
export function readConfig(environment: Record<string, string | undefined>) {
  const read = Environment.safeParse(environment);
  if (!read.success)
    throw new Error(
      read.error.issues
        .map((issue) => `${String(issue.path[0])}: ${issue.message}`)
        .join("\n"),
    );
  const env = read.data;
  if (Boolean(env.TLS_CERT) !== Boolean(env.TLS_KEY))
    throw new Error("TLS_CERT and TLS_KEY: give both or neither");
  const singleSignOn = singleSignOnOf(env);
  return Object.freeze({
    singleSignOn,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? null,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? `sqlite:${env.DATA_DIR}/chengshu.db`,
    mqttUrl: env.MQTT_URL ?? null,
    mqttShare: env.MQTT_SHARE ?? null,
    /** The embedded broker: only where asked for, or in the demo. */
    mqttPort: env.MQTT_PORT ?? (env.DEMO && !env.MQTT_URL ? 1883 : null),
    cityDir: env.CITY_DIR ?? null,
    timeZone: env.TZ_CITY,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN ?? null,
    tls:
      env.TLS_CERT && env.TLS_KEY
        ? { cert: env.TLS_CERT, key: env.TLS_KEY }
        : null,
    trustProxy: env.TRUST_PROXY,
    outboundAllow: env.OUTBOUND_ALLOW,
    maxConnections: env.MAX_CONNECTIONS,
    maxConnectionsPerAddress: env.TRUST_PROXY
      ? Infinity
      : (env.MAX_CONNECTIONS_PER_ADDRESS ?? Math.ceil(env.MAX_CONNECTIONS / 2)),
    caps: {
      cameras: env.MAX_CAMERAS,
      incidents: env.MAX_INCIDENTS,
      incidentText: env.MAX_INCIDENT_TEXT,
      warnings: env.MAX_WARNINGS,
      warningText: env.MAX_WARNING_TEXT,
      sensors: env.MAX_SENSORS,
      objects: env.MAX_OBJECTS,
      objectAlarms: env.MAX_OBJECT_ALARMS,
    },
    secretKey: env.SECRET_KEY ?? null,
    secretKeyFile: env.SECRET_KEY_FILE ?? null,
    feedKeyHashes: env.FEED_KEY_HASHES ?? null,
    webhooks: env.WEBHOOKS ?? null,
    demo: env.DEMO,
  });
}

export type SingleSignOnConfig = NonNullable<ReturnType<typeof singleSignOnOf>>;

function singleSignOnOf(env: z.output<typeof Environment>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = env;
  if (issuer === undefined) return null;
  if (clientId === undefined || env.OIDC_ROLES === undefined)
    throw new Error(
      "OIDC_ISSUER: OIDC_CLIENT_ID and OIDC_ROLES belong to it; give all or none",
    );
  const separated = Object.values(env.OIDC_ROLES).find(isSeparated);
  if (separated)
    throw new Error(
      `OIDC_ROLES: ${separated} is given by two administrators here, never by a single sign-on`,
    );
  const { hostname, protocol } = new URL(issuer);
  if (protocol === "http:" && !["localhost", "127.0.0.1"].includes(hostname))
    throw new Error("OIDC_ISSUER: expected https, or a test on this machine");
  return {
    issuer,
    clientId,
    clientSecret: env.OIDC_CLIENT_SECRET ?? null,
    name: env.OIDC_NAME ?? new URL(issuer).host,
    scope: env.OIDC_SCOPE,
    rolesClaim: env.OIDC_ROLES_CLAIM,
    roles: env.OIDC_ROLES,
    departmentsClaim: env.OIDC_DEPARTMENTS_CLAIM ?? null,
    districtsClaim: env.OIDC_DISTRICTS_CLAIM ?? null,
    loginClaim: env.OIDC_LOGIN_CLAIM,
    staffClaim: env.OIDC_STAFF_CLAIM,
    strong: env.OIDC_STRONG.split(",").map((value) => value.trim()),
  };
}

export const config = () => readConfig(process.env);

function configOrEnd(): Config {
  try {
    return config();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

/**
 * What the launchers of demo and replay need, and the environment that their
 * hub inherits. A bad value ends the launcher with its sentence.
 */
export function launchConfig() {
  const { port, dataDir } = configOrEnd();
  return {
    port,
    mqttPort: Number(process.env["MQTT_PORT"] ?? 1883),
    dataDir,
    logLevel: process.env["LOG_LEVEL"] ?? "warn",
    inherited: { ...process.env },
  };
}
