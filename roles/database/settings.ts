export type Settings = Readonly<Record<string, string | number>>;

/** A developer's machine: a few hundred megabytes at most, nothing that risks data. fsync and synchronous_commit stay on. */
const defaults: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '192MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: 1.1,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // One server without standby or backup stream needs no more in its log.
  wal_level: 'minimal',
  max_wal_senders: 0,
  min_wal_size: '80MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'iso, ymd',
  lc_messages: 'C',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  default_text_search_config: 'pg_catalog.english',
};

export function configuration(overrides: Settings): string {
  const lines = Object.entries({ ...defaults, ...overrides }).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`);
  return `# Written at every start.\n${lines.join('')}`;
}

/** Only this machine, only with the password. */
export const hostAccess = 'host all all 127.0.0.1/32 scram-sha-256\n';
