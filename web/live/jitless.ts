/** The server's policy forbids code made from text; zod would probe for it. First of all imports. */
import { config } from "zod";

config({ jitless: true });
