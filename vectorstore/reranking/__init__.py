"""Reading a query and a sentence together: does the sentence answer it?"""
