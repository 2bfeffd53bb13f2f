"""Rulebook: from the Markdown that members adopted to the model that the engine reads.

Lives here: the stages, and the readers of what they give. Not here: judging an act (`engine`), looking for doors to
sole control (`checker`).

    bytes --source--> clauses, fences --from_source--> surface (blocks as written) --from_surface--> model
    reader          the one door: `read_rulebook`, `examine`
    vocabulary      kinds, keys, flags as data         passage, findings   places, and what is wrong there
    blocks, front   one block, the front matter        names               what words in a value refer to
    readings*       what values say, with their facts  consistency         what blocks may not say together
    lint, agreement words and blocks held together     words, words_en     quantities read out of words
    render*         sentences, Markdown, JSON, HTML    powers, compare     who holds what; two editions
    trials          pages of literate trials

Invariant: the text is the law and the block serves it, so every fact of the model knows its clause and its
line; any bytes give a rulebook or a `BadInput` with a line, never a traceback.
"""
