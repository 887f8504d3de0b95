import { expect, it } from "vitest";
import { readAlgorithms } from "./algorithms.ts";

const HEADER = "code,nameZh,nameEn,version,threshold,enabled\n";

it("tells of each algorithm how sure it must be, and whether it counts", () => {
  const text = `${HEADER}ponding,积水识别,Ponding,2.1,0.7,true\nlitter,垃圾识别,Litter,1.0,0,false\n`;
  expect(readAlgorithms(text)).toMatchObject([
    { code: "ponding", version: "2.1", threshold: 0.7, enabled: true },
    { code: "litter", threshold: 0, enabled: false },
  ]);
});

it("names line and column of what is wrong, and takes no code twice", () => {
  const wrong = (row: string) => () => readAlgorithms(HEADER + row);
  expect(wrong("a,甲,A,1,1.2,true")).toThrow(/line 2, column threshold/);
  expect(wrong("a,甲,A,1,1,yes")).toThrow(/line 2, column enabled/);
  expect(wrong("a,甲,A,1,1,true\na,乙,B,1,1,true")).toThrow(/already/);
});
