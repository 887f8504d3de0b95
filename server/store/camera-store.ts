/** Cameras, with where they play from. */
import type { Camera } from "../../contract/camera.ts";

/** A camera's record with where it plays from, which no list tells. */
export type StoredCamera = Omit<Camera, "district"> & {
  feed: string;
  district: string | null;
  updatedAt: number;
};

export interface CameraStore {
  /** By `id`, which is the view's: `feed/code`. */
  put(items: StoredCamera[]): Promise<void>;
  all(): Promise<StoredCamera[]>;
}
