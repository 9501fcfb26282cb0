"""How a conclusion is told and drawn: the words, numbers, marks and charts that pages and reports share."""
