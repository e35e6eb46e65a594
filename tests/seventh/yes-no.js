KINDS["yes-no"] = {
  read: (place) => ({ answer: checkedValues(place.querySelectorAll("input"))[0] }),
  show(place, _item, response) {
    for (const one of place.querySelectorAll("input")) one.checked = one.value === response?.answer;
  },
};
