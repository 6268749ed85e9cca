import { answerJobs } from '../machine/job-channel.mjs';
import { gate, keepAsking, measure, time, warmUp } from './jobs.mjs';

answerJobs({ gate, keepAsking, measure, time, warmUp });
