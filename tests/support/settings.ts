import type { Settings } from '../../roles/database/settings.ts';

/** For data that nobody misses after a power failure. */
export const hastySettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  checkpoint_timeout: '60min',
  max_wal_size: '1GB',
  max_connections: 400,
};
