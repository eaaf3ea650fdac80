"""What is done, a verb a module: each job takes the parts that `app` built and gives an outcome."""
