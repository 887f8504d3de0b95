/** It ends before it is whole, or its parts do not follow one another. */
export class BrokenPicture extends Error {
  constructor() {
    super("the file is not whole");
  }
}
