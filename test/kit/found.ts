/** Says where each server of the tests is, and brings what is missing; ends with 1 where one cannot be had. */
import { findServer } from "./servers.ts";

for (const name of ["postgres", "mosquitto", "headless"] as const)
  try {
    console.log(`${name} is ${findServer(name)}`);
  } catch (error) {
    console.log((error as Error).message);
    process.exitCode = 1;
  }
