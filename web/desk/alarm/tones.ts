/** Sounds made here, without a file: what rings louder is higher, longer and comes again sooner. */
import type { Ring } from "./ringing.ts";

interface Tone {
  /** Hz, one after another. */
  notes: readonly number[];
  /** Share of full loudness. */
  gain: number;
  /** ms between two times. */
  every: number;
}

export const TONES: Record<Ring, Tone> = {
  1: { notes: [880, 660, 880, 660, 880], gain: 0.5, every: 3_000 },
  2: { notes: [660, 520], gain: 0.32, every: 6_000 },
  alarm: { notes: [520], gain: 0.2, every: 10_000 },
};

/** Seconds of one note, and its soft ends. */
const NOTE = 0.17;
const SOFT = 0.015;

export interface Player {
  play(ring: Ring): void;
  /** A browser lets no page sound before a hand was there: call it from one. */
  wake(): void;
  close(): void;
}

/** @param told whether the browser lets it sound, whenever that changes */
export function openPlayer(told: (sounds: boolean) => void): Player {
  // Made with the first hand: before that a browser only complains.
  let context: AudioContext | null = null;
  function open(): AudioContext {
    const opened = new AudioContext();
    const tell = () => told(opened.state === "running");
    opened.addEventListener("statechange", tell);
    tell();
    return opened;
  }
  return {
    play(ring) {
      if (context?.state !== "running") return;
      const { notes, gain } = TONES[ring];
      for (const [i, hertz] of notes.entries()) {
        const from = context.currentTime + i * (NOTE + 0.03);
        const volume = context.createGain();
        volume.gain.setValueAtTime(0, from);
        volume.gain.linearRampToValueAtTime(gain, from + SOFT);
        volume.gain.setValueAtTime(gain, from + NOTE - SOFT);
        volume.gain.linearRampToValueAtTime(0, from + NOTE);
        volume.connect(context.destination);
        const tone = context.createOscillator();
        tone.type = "triangle";
        tone.frequency.value = hertz;
        tone.connect(volume);
        tone.start(from);
        tone.stop(from + NOTE);
      }
    },
    wake() {
      context ??= open();
      if (context.state === "suspended") void context.resume().catch(() => {});
    },
    close: () => void context?.close(),
  };
}
