import fc from "fast-check";
import { expect, it } from "vitest";
import { enterAll, leave } from "./sorted.ts";

it("[INV8] lists of those that wait keep their order, each once, whoever comes and goes", () => {
  const Numbers = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 });
  const Step = fc.record({ come: fc.boolean(), ns: Numbers });
  fc.assert(
    fc.property(Numbers, fc.array(Step, { maxLength: 12 }), (begin, steps) => {
      const list: number[] = [];
      enterAll(list, begin);
      const truth = new Set(begin);
      for (const { come, ns } of steps) {
        (come ? enterAll : leave)(list, ns);
        for (const n of ns)
          if (come) truth.add(n);
          else truth.delete(n);
        expect(list).toEqual([...truth].toSorted((a, b) => a - b));
      }
    }),
  );
});
