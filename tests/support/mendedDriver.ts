import { mendDriver } from '#kernel/driverMend.ts';

// As main.ts does it, before anything imports the driver.
mendDriver();
