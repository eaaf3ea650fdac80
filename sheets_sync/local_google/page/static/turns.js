// What keys do is done in the order in which they were pressed, however long one of them takes: none is lost while rows come.

let last = Promise.resolve();

export const inTurn = (act) => {
  last = last.then(act).catch((problem) => console.error(problem));
};
