# “escale eval”: measuring the quality of the answers.

## Help

help-eval = Measure the quality of the answers on a set of questions, or compare two results.
help-eval-set = A set of questions (.jsonl), or a folder with passages.jsonl and questions.jsonl.
help-eval-reports = Ask over these reports (files or folders, repeatable) rather than the data folder.
help-eval-split = Only this half of the set.
help-eval-sample = Only this many questions, drawn at random, always the same ones.
help-eval-retrieval-only = Measure the search for passages only.
help-eval-failures = Show the questions that were missed: what was expected, what was cited.
help-eval-output = Write the result to this JSON file.
help-eval-plot = Draw the result in this file (.png, .svg or .pdf).
help-eval-compare = Compare two results that --output wrote.
help-eval-cache = The folder where indexed reports are kept (default: the user’s cache folder).

metavar-set = SET
metavar-number = NUMBER
metavar-two-files = BEFORE AFTER

## Tables

eval-indexing = Indexing the reports
eval-asking = Questions
eval-written = Written: { $file }
eval-unknown-picture = The file { $file } has no known extension ({ $known }).
eval-all = all
eval-measure = Measure
eval-type = Type of question
eval-difference = difference
eval-interval = 95% interval
eval-percent = { $number }%
eval-milliseconds = { $value } ms
eval-ranks = ranks of the expected passages:
eval-answered = answered (sufficiency { $sufficiency })
eval-abstained = abstained (sufficiency { $sufficiency })

measure-recall-at-1 = Recall@1
measure-recall-at-5 = Recall@5
measure-recall-at-10 = Recall@10
measure-mrr-at-10 = MRR@10
measure-ndcg-at-10 = nDCG@10
measure-answer-found = A cited quote contains the answer
measure-answer-in-gold-report = … and is of the right report
measure-citation-precision = Citation precision
measure-quotes-verbatim = Quotes verbatim
measure-pages-right = Pages right
measure-comparison-coverage = Comparisons: reports covered
measure-followup-gap = Follow-ups against their full twins
measure-statements-verified = Of a model’s sentences, verified
measure-model-wrote = Answers that the model wrote
measure-decision-right = Answers or abstains rightly
measure-abstention-precision = Abstention: precision
measure-abstention-recall = Abstention: recall
measure-abstention-f1 = Abstention: F1
measure-sufficiency-auroc = Sufficiency: area under the ROC curve
measure-search-p50-ms = Search: median
measure-search-p95-ms = Search: 95th percentile
measure-answer-p50-ms = Answer: median
measure-answer-p95-ms = Answer: 95th percentile
measure-abstained = Abstains
measure-threshold = Sufficiency threshold

type-fact = fact
type-number = number
type-date = date
type-who = person or organisation
type-list = list
type-why-how = why, how
type-yes-no = yes or no
type-comparison = comparison
type-followup = follow-up
type-summary = summary
type-unanswerable = unanswerable
