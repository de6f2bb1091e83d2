# Why the reports’ own sentences answer in place of the language model.

notice-llm-unreachable =
    The language model can’t be reached: the answer is made of the reports’ own sentences.
notice-llm-refused =
    The language model refused the request: the answer is made of the reports’ own sentences.
notice-llm-slow =
    The language model took too long: the answer is made of the reports’ own sentences.
notice-llm-busy =
    The language model is busy: the answer is made of the reports’ own sentences.
notice-llm-empty =
    The language model wrote nothing: the answer is made of the reports’ own sentences.
notice-llm-cut-off =
    The language model stopped half-way: the answer is made of the reports’ own sentences.
notice-llm-too-long =
    The language model went on without an end: the answer is made of the reports’ own sentences.
notice-llm-unverified =
    The reports didn’t bear out what the language model wrote: the answer is made of their own
    sentences.
notice-llm-no-answer =
    The language model found no answer: here are the reports’ nearest sentences.
